using System.Globalization;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>Reads the header of a file and tells what is no data file, or none that can be read.</summary>
internal static class HeaderReader
{
    /// <summary>Reads a header. Checksums and places are not verified.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">What errors call it.</param>
    /// <returns>The header, its bytes and the layout it asks for.</returns>
    /// <exception cref="PstException">PstEmpty, PstNotAPst, PstTruncated, PstUnsupported.</exception>
    public static (PstHeader Header, byte[] Bytes, PstLayout Layout) Read(IFileBytes file, string name)
    {
        if (file.Length == 0)
        {
            throw PstException.Empty(name);
        }

        byte[] bytes = new byte[PstHeader.MaxSize];
        int count = file.ReadAt(0, bytes);
        if (!PstHeader.HasMagic(bytes.AsSpan(0, count)))
        {
            throw PstException.NotAPst(name);
        }

        int version = PstHeader.ReadVersion(bytes);
        PstLayout layout = PstLayout.ForVersion(version) ?? throw PstException.Unsupported(
            string.Format(CultureInfo.CurrentCulture, Strings.PstUnsupportedVersion, name, version));
        if (count < layout.HeaderSize)
        {
            throw PstException.Truncated(name);
        }

        PstHeader header = PstHeader.Read(bytes, layout);
        CheckReadable(header, name);
        return (header, bytes, layout);
    }

    private static void CheckReadable(PstHeader header, string name)
    {
        switch (header.Encoding)
        {
            case PstEncoding.None or PstEncoding.Permute or PstEncoding.Cyclic:
                break;
            case PstEncoding.WindowsInformationProtection:
                throw PstException.Unsupported(string.Format(CultureInfo.CurrentCulture, Strings.PstUnsupportedProtection, name));
            default:
                throw PstException.Unsupported(
                    string.Format(CultureInfo.CurrentCulture, Strings.PstUnsupportedEncoding, name, (byte)header.Encoding));
        }
    }
}
