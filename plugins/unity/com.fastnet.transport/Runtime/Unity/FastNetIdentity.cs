using UnityEngine;

namespace FastNet
{
    /// <summary>Who a server is, from the fields of an inspector.</summary>
    internal static class FastNetIdentity
    {
        /// <summary>Options with this certificate and key; without a certificate, this machine's development one.</summary>
        internal static FastNetServerOptions Options(TextAsset certificate, string privateKeyPath, bool manualFlush)
        {
            var options = new FastNetServerOptions { ManualFlush = manualFlush };
            if (certificate != null)
            {
                options.Certificate = certificate.text;
                options.PrivateKey = privateKeyPath;
            }
            return options;
        }
    }
}
