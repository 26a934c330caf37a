// A stub of the build tool's public types, enough to execute a plugin's Build.cs and see what it asks for. Clean-room:
// from the public documentation only.

using System.Collections.Generic;

namespace UnrealBuildTool
{
    public sealed class UnrealTargetPlatform
    {
        public static readonly UnrealTargetPlatform Win64 = new UnrealTargetPlatform("Win64");
        public static readonly UnrealTargetPlatform Mac = new UnrealTargetPlatform("Mac");
        public static readonly UnrealTargetPlatform Linux = new UnrealTargetPlatform("Linux");

        readonly string name;

        UnrealTargetPlatform(string name) { this.name = name; }

        public override string ToString() { return name; }
    }

    public enum StagedFileType { UFS, NonUFS, DebugNonUFS, SystemNonUFS }

    public class ReadOnlyTargetRules
    {
        public readonly UnrealTargetPlatform Platform;

        public ReadOnlyTargetRules(UnrealTargetPlatform platform) { Platform = platform; }
    }

    public class RuntimeDependencyList
    {
        public readonly List<KeyValuePair<string, StagedFileType>> Files =
            new List<KeyValuePair<string, StagedFileType>>();

        public void Add(string path, StagedFileType type)
        {
            Files.Add(new KeyValuePair<string, StagedFileType>(path, type));
        }
    }

    public class ModuleRules
    {
        public enum PCHUsageMode { Default, UseExplicitOrSharedPCHs }

        public enum ModuleType { CPlusPlus, External }

        // The tool sets these before it constructs the rules.
        public static string NextModuleDirectory, NextPluginDirectory;

        public PCHUsageMode PCHUsage = PCHUsageMode.Default;
        public ModuleType Type = ModuleType.CPlusPlus;
        public readonly string ModuleDirectory = NextModuleDirectory, PluginDirectory = NextPluginDirectory;
        public readonly List<string> PublicIncludePaths = new List<string>();
        public readonly List<string> PublicSystemIncludePaths = new List<string>();
        public readonly List<string> PublicAdditionalLibraries = new List<string>();
        public readonly List<string> PublicDelayLoadDLLs = new List<string>();
        public readonly List<string> PublicDependencyModuleNames = new List<string>();
        public readonly List<string> PrivateDependencyModuleNames = new List<string>();
        public readonly RuntimeDependencyList RuntimeDependencies = new RuntimeDependencyList();

        public ModuleRules(ReadOnlyTargetRules target) { }
    }
}
