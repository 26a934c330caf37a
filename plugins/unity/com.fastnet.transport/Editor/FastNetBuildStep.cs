using System.IO;
using UnityEditor;
using UnityEditor.Build;

namespace FastNet.Editor
{
    /// <summary>Copies the runtime folder of the player's platform into its StreamingAssets.</summary>
    public sealed class FastNetBuildStep : BuildPlayerProcessor
    {
        public override int callbackOrder => 0;

        public override void PrepareForBuild(BuildPlayerContext buildPlayerContext)
        {
            BuildTarget target = buildPlayerContext.BuildPlayerOptions.target;
            var package = UnityEditor.PackageManager.PackageInfo.FindForAssembly(typeof(FastNetBuildStep).Assembly);
            string folder = FastNetPaths.InPackage(package.resolvedPath, SystemOf(target));
            if (!Directory.Exists(folder))
                throw new BuildFailedException($"FastNet: {folder} is missing; import the whole package of one release");
            buildPlayerContext.AddAdditionalPathToStreamingAssets(folder, FastNetPaths.PlayerFolder);
        }

        private static string SystemOf(BuildTarget target)
        {
            switch (target)
            {
                case BuildTarget.StandaloneLinux64: return "linux";
                case BuildTarget.StandaloneWindows64: return "windows";
                case BuildTarget.StandaloneOSX: return "macos";
                default:
                    throw new BuildFailedException(
                        $"FastNet has no runtime for {target}: build for Linux or Windows (x86-64), or remove the package");
            }
        }
    }
}
