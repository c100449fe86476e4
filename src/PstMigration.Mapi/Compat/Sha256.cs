using System.Security.Cryptography;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>SHA-256 of what is in memory (FIPS 180-4).</summary>
public static class Sha256
{
    /// <summary>The 32 bytes of the hash.</summary>
    public static byte[] Hash(byte[] bytes)
    {
#if NET
        return SHA256.HashData(bytes);
#else
        using SHA256 sha = SHA256.Create();
        return sha.ComputeHash(bytes);
#endif
    }

    /// <summary>The hash of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits.</summary>
    public static string Hex(string text) => Mapi.Hex.Lower(Hash(Encoding.UTF8.GetBytes(text)));
}
