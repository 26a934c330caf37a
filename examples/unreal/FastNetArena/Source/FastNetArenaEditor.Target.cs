using UnrealBuildTool;

public class FastNetArenaEditorTarget : TargetRules
{
	public FastNetArenaEditorTarget(TargetInfo Target) : base(Target)
	{
		Type = TargetType.Editor;
		DefaultBuildSettings = BuildSettingsVersion.Latest;
		ExtraModuleNames.Add("FastNetArena");
	}
}
