// A C# compiler with csc's command line, over Roslyn's public interface: the compiler that Unity 2021.3 and later use is
// this library, so what it refuses here Unity refuses too. get_csharp.py builds it once.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

static class Csc9
{
    static int Main(string[] words)
    {
        var order = CSharpCommandLineParser.Default.Parse(words, Directory.GetCurrentDirectory(), null);
        if (PrintProblems(order.Errors))
            return 1;
        var compilation = CSharpCompilation.Create(
            order.CompilationName ?? Path.GetFileNameWithoutExtension(order.OutputFileName),
            order.SourceFiles.Select(file => Parse(file.Path, order.ParseOptions)),
            order.MetadataReferences.Select(used => MetadataReference.CreateFromFile(used.Reference)),
            order.CompilationOptions);
        return Emit(compilation, Path.Combine(order.OutputDirectory, order.OutputFileName)) ? 0 : 1;
    }

    static SyntaxTree Parse(string path, CSharpParseOptions options)
    {
        return CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path), Encoding.UTF8), options, path);
    }

    // Nothing is left behind when the source has an error.
    static bool Emit(CSharpCompilation compilation, string path)
    {
        var code = new MemoryStream();
        if (PrintProblems(compilation.Emit(code).Diagnostics))
            return false;
        File.WriteAllBytes(path, code.ToArray());
        return true;
    }

    // Warnings too; true if there was an error, which -warnaserror makes of a warning.
    static bool PrintProblems(IEnumerable<Diagnostic> problems)
    {
        var shown = problems.Where(one => one.Severity >= DiagnosticSeverity.Warning && !one.IsSuppressed).ToList();
        shown.ForEach(one => Console.Error.WriteLine(one));
        return shown.Any(one => one.Severity == DiagnosticSeverity.Error);
    }
}
