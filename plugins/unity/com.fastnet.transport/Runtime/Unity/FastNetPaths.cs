using System;

namespace FastNet
{
    /// <summary>Where the runtime folder lies. Plain text in, plain text out, so that it can be tested without Unity.</summary>
    public static class FastNetPaths
    {
        /// <summary>What the folder is called, here and in players.</summary>
        public const string RuntimeName = "fastnet_runtime";

        /// <summary>Below StreamingAssets of a player.</summary>
        public const string PlayerFolder = "FastNet/" + RuntimeName;

        /// <summary>The folder in the package for an editor of that operating system: "linux", "windows" or "macos".</summary>
        public static string InPackage(string packagePath, string system)
        {
            return Join(packagePath, "Native~/" + Platform(system) + "/" + RuntimeName);
        }

        /// <summary>The folder in a player.</summary>
        public static string InPlayer(string streamingAssetsPath)
        {
            return Join(streamingAssetsPath, PlayerFolder);
        }

        /// <summary>Our name of a platform that has a runtime. Throws NotSupportedException for one that has none.</summary>
        public static string Platform(string system)
        {
            switch (system)
            {
                case "linux": return "linux-x86_64";
                case "windows": return "windows-x86_64";
                case "macos": return "macos";
                default:
                    throw new NotSupportedException(
                        $"FastNet has no runtime for {system}: it runs on Linux and Windows (x86-64), and on macOS untested");
            }
        }

        private static string Join(string folder, string rest)
        {
            return folder.Replace('\\', '/').TrimEnd('/') + "/" + rest;
        }
    }
}
