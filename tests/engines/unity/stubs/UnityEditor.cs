// Stand-ins for the names of Unity's editor that the package uses. See UnityEngine.cs.
using System;
using System.Collections.Generic;
using System.Reflection;
using UnityEngine;

namespace UnityEditor
{
    public enum BuildTarget
    {
        StandaloneOSX = 2,
        iOS = 9,
        StandaloneWindows64 = 19,
        StandaloneLinux64 = 24,
    }

    public struct BuildPlayerOptions
    {
        public BuildTarget target { get; set; }
    }

    public enum MessageType
    {
        Info = 1,
    }

    public enum PlayModeStateChange
    {
        ExitingPlayMode = 3,
    }

    public sealed class InitializeOnLoadAttribute : Attribute
    {
    }

    public sealed class MenuItemAttribute : Attribute
    {
        public MenuItemAttribute(string itemName) => _ = itemName;
    }

    public static class AssemblyReloadEvents
    {
        public delegate void AssemblyReloadCallback();

        public static event AssemblyReloadCallback beforeAssemblyReload;

        public static void Reload() => beforeAssemblyReload?.Invoke();
    }

    public static class EditorApplication
    {
        public static event Action<PlayModeStateChange> playModeStateChanged;

        public static void Change(PlayModeStateChange change) => playModeStateChanged?.Invoke(change);
    }

    public sealed class GUIStyle
    {
    }

    public static class EditorStyles
    {
        public static GUIStyle boldLabel { get; } = new GUIStyle();
    }

    public static class EditorGUILayout
    {
        public static readonly List<string> Shown = new List<string>();

        public static void LabelField(string label, string label2) => Shown.Add(label + ": " + label2);
        public static void LabelField(string label, string label2, GUIStyle style) => Shown.Add(label + ": " + label2);
        public static void HelpBox(string message, MessageType type) => Shown.Add(message);
    }

    public class EditorWindow : ScriptableObject
    {
        public void Repaint()
        {
        }

        public void Show()
        {
        }

        public static T GetWindow<T>(string title) where T : EditorWindow, new() => new T();
    }
}

namespace UnityEditor.PackageManager
{
    public sealed class PackageInfo
    {
        public string resolvedPath { get; set; }

        /// <summary>What FindForAssembly gives; a test sets it.</summary>
        public static string Place { get; set; }

        public static PackageInfo FindForAssembly(Assembly assembly) => new PackageInfo { resolvedPath = Place };
    }
}

namespace UnityEditor.Build
{
    public sealed class BuildFailedException : Exception
    {
        public BuildFailedException(string message) : base(message)
        {
        }
    }

    public sealed class BuildPlayerContext
    {
        public readonly List<string> Added = new List<string>();

        public BuildPlayerContext(BuildTarget target) => BuildPlayerOptions = new BuildPlayerOptions { target = target };

        public BuildPlayerOptions BuildPlayerOptions { get; }

        public void AddAdditionalPathToStreamingAssets(string directoryOrFile, string pathInStreamingAssets)
        {
            Added.Add(directoryOrFile + " -> " + pathInStreamingAssets);
        }
    }

    public abstract class BuildPlayerProcessor
    {
        public virtual int callbackOrder => 0;

        public abstract void PrepareForBuild(BuildPlayerContext buildPlayerContext);
    }
}
