using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>
    /// Certificates that were made for tests alone and are trusted by nobody: Mono cannot make any, and a handshake only
    /// begins where there are some. Made with openssl req -x509 -newkey rsa:1024 -days 36500 -subj /CN=throwaway.
    /// </summary>
    internal static class ThrowawayIdentity
    {
        private const string Password = "test";

        private const string Bundle =
            "MIIGAQIBAzCCBccGCSqGSIb3DQEHAaCCBbgEggW0MIIFsDCCAq8GCSqGSIb3DQEHBqCCAqAwggKcAgEAMIIClQYJKoZIhvcNAQcBMBwGCiqG"
            + "SIb3DQEMAQMwDgQIKaYwWTSs9loCAggAgIICaI7qePjEi5IBsmRzJoSZLamlvHnVtcdEbCgM5fT+2PZCkvwyf9iMGX0icpvCiTglhNQ27TFo"
            + "UNg5Mju5UT0NlHFZDNq1Tc5tcMPQSlDlCg4hw3Pg/1dXIk9COW+gKaNZVslnbGCzbBNjdGw4/CmitpQ/33BP4YYJxOyPFVA7BPsVwK/APJn2"
            + "A6fykmAl+qC8upK5Vnpya+EXUPIhHkHdiX+Gfm+Vt5LhkzRkE3dsx870Or+eIM2+RrbWOBaEk70bSQoAyhAMC/7mUD68GmwqVulzakXnxUSG"
            + "jiZ1cmrFgfq1yOBbJUI8+TxOMrWSWYwrUP3mFBBDa3b1QPHib0Q6lCYU/GVusWFPDlTKqmvhOOue/J8GEYqbrUIiyAyRFdQJEHg4vk5EUgwd"
            + "DDFFG96jYLz28/5y6+zGgeipb+/n4xnD35gZhfXqBJ3pEe2YS0KjNbH87QBx+XYXKLI1dFB4ZQkzrN20paLttmnuVpZs+Np/jdobjgyAWedi"
            + "X6n5ub5/UCERc3lMWLsmEUPcLRJ2WE5nCAzqiBYERXBH72UdAzxQuJVnnRT5DaL+l3ZeyVqgy8CvNxfoyUveCwkbo6BDZ4JBACScIUS+q0gc"
            + "n77WUjqtte3IhOLksY4dVmAtNthnSm5jXbcC3tz/0W1e3AU0y5UQPOYllHKtOuTLNGnNRUcAOSwEHhyURcf2QocakNKeO7B9tif0YP8YXLHx"
            + "uiwTG//snn9E6PVqEIA2AgiAAiSyoCqAoNzp1P4Q8ItMpUYpED0LCT+ZsKgl0lwIWSg6nfHzQzoZ2eZT7muZbzGagsjYKLGWKji30+UwggL5"
            + "BgkqhkiG9w0BBwGgggLqBIIC5jCCAuIwggLeBgsqhkiG9w0BDAoBAqCCAqYwggKiMBwGCiqGSIb3DQEMAQMwDgQIpQiWp/RDTTQCAggABIIC"
            + "gEvrFT1JfYudCdPDJ5SzO5enlGLAguRj0rkogZznQfNNXxcT7q7OkQp3ge2YEnMtH0E/Egxm8meP9ghVhOQIIH5InlOvXFtIm+hbhr06MPTj"
            + "+tBQr6FTvYai7KTd6VM+PfvsTH2tBrdk+uhVtRUUmj+wPMbPqBo6XJNrKBtVfnDu93OX78Q5EvVcJMvboBZtDlzEo43B1gSf4uR2IpCYEKie"
            + "+JbfQ+Tzn4I3oen4B9+vI6huoIczkdibZWAHRL92F+NpmWnQlrEptLgx0KUBGfP1T6UUNKx87luQhF9UjC/tJrZd36+83gpt/WQKbhe6zmkE"
            + "YAALLP8o8vcaIXfyQuUVP9uC2f4oBDUfH5daBe6JmacwIvhdDGrq+mXmy3sUHm7L8ORoafcfJyvjxccFrkRPsBtnsoaLx4uoq5SN02+GITGJ"
            + "+1KZ3nf+tSfiVHa5a29boLTVmpHDEqbamxmKDatpaOd2p/jzpD79zWfGRCkFeMuJ2GAPbmJyrP8y8wK2YnyxQr59/NYVkLPRLsmzClMnKDuQ"
            + "2pjg0BZVIHBw1VRgl7t2zA3bJgcN4nSdDGmHcNrbmbKU9vig6SP9FIzl0z4EaSwoWv38NRMh4nTGPPW+slODseXBscbLOvIvEOaTGPp7Sibm"
            + "ep+KdV7P1VEeitcJ4wP8hSy0jaVlf/SEMkMVsEqtleKHJO0EaSxtePIjeQDcysELDbU1jrDDkezXYjK90qEIkADBJ6GOcHns0zhhV0+xMVfy"
            + "nuG3yEFpG4RcKY6wFBq1tYxT/qRyiV++MO4P49B5eWNyBSKLjQl4h4UB0valnURupIm03QjigQjWJp+Or+onvkGJ8jB0ep2RQHwxJTAjBgkq"
            + "hkiG9w0BCRUxFgQUXAfnFDTfJ/NduQJm2euiC/FdqTMwMTAhMAkGBSsOAwIaBQAEFDpY42/Kggk/om0FhO8/EWpkoXjUBAjPgC4UW3betQIC"
            + "CAA=";

        public static TlsIdentity Make()
        {
            string folder = Path.Combine(Path.GetTempPath(), "tickbridge-tls-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            try
            {
                byte[] bundle = Convert.FromBase64String(Bundle);
                string own = Path.Combine(folder, "test.p12");
                string authority = Path.Combine(folder, "ca.der");
                File.WriteAllBytes(own, bundle);
                File.WriteAllBytes(authority, new X509Certificate2(bundle, Password).Export(X509ContentType.Cert));
                return TlsIdentity.FromFiles(own, Password, authority);
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }
    }
}
