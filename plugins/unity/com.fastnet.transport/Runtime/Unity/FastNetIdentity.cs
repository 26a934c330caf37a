using System;
using UnityEngine;

namespace FastNet
{
    /// <summary>Who a server is, as fields of the inspector. Left as it is: this machine's development certificate.</summary>
    [Serializable]
    public sealed class FastNetIdentity
    {
        [Tooltip("PEM: the chain, leaf first. Empty: this machine's development certificate")]
        [SerializeField] private TextAsset certificate = null;

        [Tooltip("A path, so that no key gets into a build")]
        [SerializeField] private string privateKeyPath = "";

        /// <summary>Writes certificate and key into the options of a server.</summary>
        public void ApplyTo(FastNetServerOptions options)
        {
            if (certificate == null)
                return;
            options.Certificate = certificate.text;
            options.PrivateKey = privateKeyPath;
        }
    }
}
