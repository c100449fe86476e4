using System;
using System.Text;

namespace PstMigration.Pst.Ltp;

/// <summary>Encodings of 8-bit text by Windows code page, independent of what the process has registered.</summary>
internal static class CodePages
{
    /// <summary>What is left when nothing is known: Western European.</summary>
    public const int Default = 1252;

    /// <summary>UTF-8.</summary>
    public const int Utf8 = 65001;

    private const int Ascii = 20127;

    /// <summary>The encoding; null for one that is not known, is no 8-bit encoding (UTF-16) or says nothing (ASCII).</summary>
    public static Encoding? Find(int codePage)
    {
        switch (codePage)
        {
            case <= 0 or 1200 or 1201 or 12000 or 12001 or 65000 or Ascii:
                return null;
            case Utf8:
                return Encoding.UTF8;
            default:
                try
                {
                    return CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
                }
                catch (Exception e) when (e is ArgumentException or NotSupportedException)
                {
                    return null;
                }
        }
    }
}
