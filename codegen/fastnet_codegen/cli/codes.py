"""Codes that are no rules of a linked description: faults of files, calls and plug-ins. Why, and what to do."""

CODES = {
    "file-missing": ("The description names a file that is not there.", "write it, or correct `modules` in api.yaml"),
    "file-encoding": ("Descriptions are UTF-8, so that all machines read the same.", "save the file as UTF-8"),
    "yaml": ("The file is not well-formed YAML.", "quote text that holds ':' or '#'"),
    "key-twice": ("YAML lets the second of two equal keys win in silence.", "remove one"),
    "shape": ("A key is unknown, missing, or of another type.", "see the schema: fastnet-codegen schema"),
    "type-unknown": ("Types are a closed list, so that every binding can act on each.", "use one of the types listed"),
    "artifact-path": ("A back end prints only below its folder, each file once.", "use relative paths with '/'"),
    "file-foreign": ("A file that was not printed is never overwritten.", "move it away, or print elsewhere with -o"),
    "backend-twice": ("Two distributions give a back end of one name, and neither may win.", "uninstall one of them"),
    "backend-unknown": ("No folder, entry point or program has that name.", "fastnet-codegen list shows what there is"),
    "option": ("A back end checks its options like everything else.", "use the options listed"),
    "capability": (
        "The API has a construct that the back end says it cannot print.",
        "exclude the element or lower it in targets/<name>.yaml, or implement the construct",
    ),
    "ir-unreadable": ("The packaged description cannot be read.", "print it again: fastnet-codegen generate ir_json"),
    "ir-version": (
        "The packaged description is of another version of the IR.",
        "install tool and description together",
    ),
    "no-description": ("This command changes or compares a description, so it needs one.", "give --api"),
    "path-unknown": ("Dotted paths name parts of the API.", "fastnet-codegen ir shows all"),
    "code-unknown": ("Only codes of this tool can be explained.", "fastnet-codegen explain lists them"),
    "init-name": ("The name becomes a folder, a module and a command.", "lower-case letters, digits and '-'"),
    "init-exists": ("Nothing of yours is overwritten.", "choose another name, or remove the folder"),
    "template": ("A template names something that does not exist, or is no jinja.", "correct the template"),
    "plugin-diagnostic": ("A program that prints found a fault in the description.", "do what it says"),
}
