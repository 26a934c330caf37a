using UnrealBuildTool;

public class FastNetArena : ModuleRules
{
	public FastNetArena(ReadOnlyTargetRules Target) : base(Target)
	{
		PCHUsage = PCHUsageMode.UseExplicitOrSharedPCHs;
		PublicDependencyModuleNames.AddRange(new string[] { "Core", "CoreUObject", "Engine", "FastNet" });
	}
}
