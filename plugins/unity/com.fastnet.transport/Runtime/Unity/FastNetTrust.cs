using System;
using UnityEngine;

namespace FastNet
{
    /// <summary>Whom a client believes, as fields of the inspector. As it is, it believes whom browsers believe.</summary>
    [Serializable]
    public sealed class FastNetTrust
    {
        [Tooltip("A PEM file as text asset: believe only this authority")]
        [SerializeField] private TextAsset certificateAuthority = null;

        [Tooltip("Keys to believe whatever the certificate says: sha256/ and 44 characters, as servers print them")]
        [SerializeField] private string[] pins = null;

        [Tooltip("Loopback addresses may show a certificate of this machine's development authority (fastnet cert)")]
        [SerializeField] private bool useDevelopmentCa = true;

        [Tooltip("Believe anyone: whoever sits between can read and change everything. Never ship this.")]
        [SerializeField] private bool dangerAcceptAnyCertificate = false;

        /// <summary>Writes this trust into the options of a client.</summary>
        public void ApplyTo(FastNetClientOptions options)
        {
            options.Ca = certificateAuthority != null ? certificateAuthority.text : null;
            options.Pins = pins;
            options.UseDevelopmentCa = useDevelopmentCa;
            options.DangerAcceptAnyCertificate = dangerAcceptAnyCertificate;
            if (dangerAcceptAnyCertificate)
                Debug.LogWarning("FastNet: this client believes any certificate; switch dangerAcceptAnyCertificate off before you ship");
        }
    }
}
