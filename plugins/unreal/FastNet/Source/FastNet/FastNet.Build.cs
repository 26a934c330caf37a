// The module that games use. It loads the C library by its path when it starts, so the linker gets nothing; the library
// and its runtime are staged by FastNetLibrary.

using UnrealBuildTool;

public class FastNet : ModuleRules
{
	public FastNet(ReadOnlyTargetRules Target) : base(Target)
	{
		PCHUsage = PCHUsageMode.UseExplicitOrSharedPCHs;
		PublicDependencyModuleNames.AddRange(new string[] { "Core", "CoreUObject", "Engine", "DeveloperSettings" });
		PrivateDependencyModuleNames.AddRange(new string[] { "Projects", "FastNetLibrary" });
	}
}
