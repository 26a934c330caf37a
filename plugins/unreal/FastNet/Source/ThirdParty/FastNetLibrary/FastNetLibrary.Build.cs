// The C library as it was built outside the engine: its header, and what a packaged game must carry. All of the folder
// fastnet_runtime belongs to it. Without RuntimeDependencies a game works in the editor and fails when packaged.

using System.IO;
using UnrealBuildTool;

public class FastNetLibrary : ModuleRules
{
	public FastNetLibrary(ReadOnlyTargetRules Target) : base(Target)
	{
		Type = ModuleType.External;
		PublicSystemIncludePaths.Add(Path.Combine(ModuleDirectory, "include"));

		string Binaries = Path.Combine(PluginDirectory, "Binaries", "ThirdParty", "FastNet", Target.Platform.ToString());
		RuntimeDependencies.Add(Path.Combine(Binaries, LibraryName(Target)), StagedFileType.NonUFS);
		RuntimeDependencies.Add(Path.Combine(Binaries, "fastnet_runtime", "..."), StagedFileType.NonUFS);

		if (Target.Platform == UnrealTargetPlatform.Win64)
		{
			// For game modules that call the C functions themselves; nothing is loaded before the first call.
			PublicAdditionalLibraries.Add(Path.Combine(ModuleDirectory, "lib", "Win64", "fastnet.lib"));
			PublicDelayLoadDLLs.Add("fastnet.dll");
		}
	}

	private static string LibraryName(ReadOnlyTargetRules Target)
	{
		if (Target.Platform == UnrealTargetPlatform.Win64)
		{
			return "fastnet.dll";
		}
		return Target.Platform == UnrealTargetPlatform.Mac ? "libfastnet.dylib" : "libfastnet.so";
	}
}
