// Executes the Build.cs files that are compiled into it for each platform, as the build tool does, and looks whether
// each file they name is there.
//
// usage: BuildCheck PLUGIN_FOLDER PLATFORM...

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using UnrealBuildTool;

static class BuildCheck
{
    static readonly string[] Engine = { "Core", "CoreUObject", "Engine", "DeveloperSettings", "Projects" };
    static int passed, failed;

    static int Main(string[] words)
    {
        string plugin = Path.GetFullPath(words[0]);
        foreach (string platform in words.Skip(1))
            foreach (string source in Directory.GetFiles(plugin, "*.Build.cs", SearchOption.AllDirectories).OrderBy(at => at))
                Check(plugin, source, platform);
        Console.WriteLine("{0} passed, {1} failed", passed, failed);
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    static void Check(string plugin, string source, string platform)
    {
        string module = Path.GetFileName(source).Replace(".Build.cs", "");
        ModuleRules.NextPluginDirectory = plugin;
        ModuleRules.NextModuleDirectory = Path.GetDirectoryName(source);
        var target = typeof(UnrealTargetPlatform).GetField(platform, BindingFlags.Public | BindingFlags.Static);
        var rules = (ModuleRules)Activator.CreateInstance(
            Rules(module), new ReadOnlyTargetRules((UnrealTargetPlatform)target.GetValue(null)));
        foreach (string path in Named(rules))
            Count(Exists(path), platform, path);
        foreach (string name in rules.PublicDependencyModuleNames.Concat(rules.PrivateDependencyModuleNames))
            Count(Engine.Contains(name) || Rules(name) != null, platform, "module " + name);
        foreach (string library in rules.PublicDelayLoadDLLs)
            Console.WriteLine("{0} delay-loads {1}", platform, library);
    }

    static Type Rules(string module)
    {
        return Assembly.GetExecutingAssembly().GetType(module);
    }

    // Runtime files must be loose in a packaged game: the library opens them by itself, and cannot look into a .pak.
    static IEnumerable<string> Named(ModuleRules rules)
    {
        foreach (var file in rules.RuntimeDependencies.Files)
            yield return file.Value == StagedFileType.NonUFS ? file.Key : "not NonUFS: " + file.Key;
        foreach (string path in rules.PublicAdditionalLibraries.Concat(rules.PublicIncludePaths))
            yield return path;
        foreach (string path in rules.PublicSystemIncludePaths)
            yield return Path.Combine(path, "fastnet", "fastnet.h");
    }

    // "..." stands for everything below a folder.
    static bool Exists(string path)
    {
        if (!path.EndsWith("..."))
            return File.Exists(path) || Directory.Exists(path);
        string folder = path.Substring(0, path.Length - 3);
        return Directory.Exists(folder) && Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length > 0;
    }

    static void Count(bool good, string platform, string what)
    {
        if (good)
            passed++;
        else
            failed++;
        if (!good)
            Console.WriteLine("MISSING for {0}: {1}", platform, what);
    }
}
