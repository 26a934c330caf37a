// Printed by fastnet-codegen from codegen/api.
// Do not edit: change the description, or the template, and print again.
// To renew it: fastnet-codegen generate layout_probe

// Prints where the fields of every struct lie, as JSON, as C# marshals them.
using System;
using System.Runtime.InteropServices;

internal static class LayoutProbe
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct SinkEvent
    {
        internal uint type;
        internal uint peer_id;
        internal uint data_len;
        internal byte channel;
        internal byte reserved0;
        internal byte reserved0_1;
        internal byte reserved0_2;
        internal ulong big;
        internal IntPtr data;
        internal IntPtr user_data;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct SinkStats
    {
        internal uint struct_size;
        internal uint ratio;
        internal ulong average;
        internal ulong balance;
        internal byte small;
        internal byte reserved0;
        internal ushort medium;
        internal uint good;
        internal ulong since_two;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct SinkSetup
    {
        internal uint struct_size;
        internal uint flags;
        internal byte channel;
        internal byte reserved0;
        internal ushort port;
        internal uint wait_ms;
        internal uint blob_len;
        internal uint pin_count;
        internal IntPtr name;
        internal IntPtr path;
        internal IntPtr blob;
        internal IntPtr pins;
        internal IntPtr watcher;
        internal IntPtr parent;
        internal IntPtr user_data;
    }

    private static void Field(Type type, string name)
    {
        Console.Write(", \"" + name + "\": " + Marshal.OffsetOf(type, name));
    }

    private static void Main()
    {
        Console.Write("{");
        Console.Write("\"SinkEvent\": {\"size\": " + Marshal.SizeOf(typeof(SinkEvent)));
        Field(typeof(SinkEvent), "type");
        Field(typeof(SinkEvent), "peer_id");
        Field(typeof(SinkEvent), "data_len");
        Field(typeof(SinkEvent), "channel");
        Field(typeof(SinkEvent), "reserved0");
        Field(typeof(SinkEvent), "big");
        Field(typeof(SinkEvent), "data");
        Field(typeof(SinkEvent), "user_data");
        Console.Write("}, ");
        Console.Write("\"SinkStats\": {\"size\": " + Marshal.SizeOf(typeof(SinkStats)));
        Field(typeof(SinkStats), "struct_size");
        Field(typeof(SinkStats), "ratio");
        Field(typeof(SinkStats), "average");
        Field(typeof(SinkStats), "balance");
        Field(typeof(SinkStats), "small");
        Field(typeof(SinkStats), "reserved0");
        Field(typeof(SinkStats), "medium");
        Field(typeof(SinkStats), "good");
        Field(typeof(SinkStats), "since_two");
        Console.Write("}, ");
        Console.Write("\"SinkSetup\": {\"size\": " + Marshal.SizeOf(typeof(SinkSetup)));
        Field(typeof(SinkSetup), "struct_size");
        Field(typeof(SinkSetup), "flags");
        Field(typeof(SinkSetup), "channel");
        Field(typeof(SinkSetup), "reserved0");
        Field(typeof(SinkSetup), "port");
        Field(typeof(SinkSetup), "wait_ms");
        Field(typeof(SinkSetup), "blob_len");
        Field(typeof(SinkSetup), "pin_count");
        Field(typeof(SinkSetup), "name");
        Field(typeof(SinkSetup), "path");
        Field(typeof(SinkSetup), "blob");
        Field(typeof(SinkSetup), "pins");
        Field(typeof(SinkSetup), "watcher");
        Field(typeof(SinkSetup), "parent");
        Field(typeof(SinkSetup), "user_data");
        Console.Write("}");
        Console.WriteLine("}");
    }
}
