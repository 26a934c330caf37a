using UnrealBuildTool;

public class FastNetArenaTarget : TargetRules
{
	public FastNetArenaTarget(TargetInfo Target) : base(Target)
	{
		Type = TargetType.Game;
		DefaultBuildSettings = BuildSettingsVersion.Latest;
		ExtraModuleNames.Add("FastNetArena");
	}
}
