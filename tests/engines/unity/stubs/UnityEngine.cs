// Stand-ins for the names of Unity's engine that the package uses: signatures from the public manual, and just enough
// behaviour to drive the code. They prove syntax and behaviour of ours, not the engine's acceptance.
using System;
using System.Collections.Generic;

namespace UnityEngine
{
    public class Object
    {
        public static bool operator ==(Object a, Object b) => ReferenceEquals(a, b);
        public static bool operator !=(Object a, Object b) => !ReferenceEquals(a, b);
        public override bool Equals(object other) => ReferenceEquals(this, other);
        public override int GetHashCode() => 0;

        public static void Destroy(Object obj) => _ = obj;
    }

    public class Component : Object
    {
    }

    public class Behaviour : Component
    {
        public bool enabled { get; set; } = true;
    }

    public class MonoBehaviour : Behaviour
    {
    }

    public class TextAsset : Object
    {
        public TextAsset(string text) => this.text = text;
        public string text { get; }
    }

    public class ScriptableObject : Object
    {
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class SerializeFieldAttribute : Attribute
    {
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class TooltipAttribute : Attribute
    {
        public TooltipAttribute(string tooltip) => _ = tooltip;
    }

    public sealed class AddComponentMenuAttribute : Attribute
    {
        public AddComponentMenuAttribute(string menuName) => _ = menuName;
    }

    public sealed class DefaultExecutionOrderAttribute : Attribute
    {
        public DefaultExecutionOrderAttribute(int order) => _ = order;
    }

    public sealed class DisallowMultipleComponentAttribute : Attribute
    {
    }

    public enum RuntimeInitializeLoadType
    {
        SubsystemRegistration = 4,
    }

    public sealed class RuntimeInitializeOnLoadMethodAttribute : Attribute
    {
        public RuntimeInitializeOnLoadMethodAttribute(RuntimeInitializeLoadType loadType) => _ = loadType;
    }

    public enum RuntimePlatform
    {
        LinuxPlayer = 13,
        WebGLPlayer = 17,
    }

    public static class Application
    {
        public static string streamingAssetsPath { get; set; } = "";
        public static RuntimePlatform platform { get; set; } = RuntimePlatform.LinuxPlayer;
        public static event Action quitting;

        public static void Quit() => quitting?.Invoke();
    }

    public static class Debug
    {
        public static readonly List<string> Lines = new List<string>();

        public static void Log(object message) => Lines.Add("log: " + message);
        public static void LogWarning(object message) => Lines.Add("warning: " + message);
        public static void LogError(object message) => Lines.Add("error: " + message);
    }

    public static class Time
    {
        public static float realtimeSinceStartup => Environment.TickCount / 1000f;
        public static float deltaTime => 1 / 60f;
    }

    public static class Mathf
    {
        public static int Min(int a, int b) => Math.Min(a, b);

        public static int NextPowerOfTwo(int value)
        {
            int power = 1;
            while (power < value)
                power *= 2;
            return power;
        }
    }
}

namespace UnityEngine.Events
{
    public abstract class UnityEventBase
    {
        public int Persistent { get; set; }

        public int GetPersistentEventCount() => Persistent;
    }

    public delegate void UnityAction<T0>(T0 arg0);

    public delegate void UnityAction<T0, T1>(T0 arg0, T1 arg1);

    public class UnityEvent<T0> : UnityEventBase
    {
        private UnityAction<T0> _calls;

        public void AddListener(UnityAction<T0> call) => _calls += call;

        public void Invoke(T0 arg0) => _calls?.Invoke(arg0);
    }

    public class UnityEvent<T0, T1> : UnityEventBase
    {
        private UnityAction<T0, T1> _calls;

        public void AddListener(UnityAction<T0, T1> call) => _calls += call;

        public void Invoke(T0 arg0, T1 arg1) => _calls?.Invoke(arg0, arg1);
    }
}

namespace UnityEngine
{
    public struct Vector3
    {
        public float x, y, z;

        public Vector3(float x, float y, float z)
        {
            this.x = x;
            this.y = y;
            this.z = z;
        }
    }

    public struct Rect
    {
        public Rect(float x, float y, float width, float height) => _ = x + y + width + height;
    }

    public sealed class Transform
    {
        public Vector3 position { get; set; }
    }

    public enum PrimitiveType
    {
        Cube = 3,
    }

    public sealed class GameObject : Object
    {
        public Transform transform { get; } = new Transform();

        public static GameObject CreatePrimitive(PrimitiveType type) => new GameObject();
    }

    public static class GUI
    {
        public static void Label(Rect position, string text) => Debug.Lines.Add(text);
    }

    public static class Input
    {
        public static float GetAxisRaw(string axisName) => 0;
    }
}
