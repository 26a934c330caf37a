using UnityEditor;

namespace FastNet.Editor
{
    /// <summary>Ends connections before the scripts are reloaded or play mode ends: nothing of ours outlives its domain.</summary>
    [InitializeOnLoad]
    internal static class FastNetReload
    {
        static FastNetReload()
        {
            AssemblyReloadEvents.beforeAssemblyReload += FastNetLifeCycle.End;
            EditorApplication.playModeStateChanged += OnPlayMode;
        }

        private static void OnPlayMode(PlayModeStateChange change)
        {
            if (change == PlayModeStateChange.ExitingPlayMode)
                FastNetLifeCycle.End();
        }
    }
}
