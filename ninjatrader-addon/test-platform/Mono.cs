using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Tickbridge.PlatformTest
{
    /// <summary>What .NET Framework does not offer: where a link of /proc points to.</summary>
    internal static class Mono
    {
        public static string ReadLink(string path)
        {
            var target = new byte[256];
            IntPtr length = readlink(path, target, (IntPtr)target.Length);
            return length.ToInt64() <= 0 ? "" : Encoding.UTF8.GetString(target, 0, (int)length);
        }

        [DllImport("libc", SetLastError = true)]
        private static extern IntPtr readlink(string path, byte[] target, IntPtr size);
    }
}
