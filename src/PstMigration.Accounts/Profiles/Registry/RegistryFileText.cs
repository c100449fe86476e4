using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Accounts.Registry;

/// <summary>Finds the encoding of an exported registry file: UTF-16 since version 5, the machine's code page in REGEDIT4.</summary>
internal static class RegistryFileText
{
    private const int SampleSize = 256 * 1024;

    /// <summary>A reader of the file's text from its beginning.</summary>
    /// <param name="stream">The file; must be seekable.</param>
    /// <param name="codePage">The code page of an ANSI file; null to tell it from the text, which is UTF-8, Japanese, else Western.</param>
    public static StreamReader Open(Stream stream, int? codePage)
    {
        byte[] sample = new byte[(int)Math.Min(SampleSize, stream.Length)];
        int count = 0;
        int read;
        while (count < sample.Length && (read = stream.Read(sample, count, sample.Length - count)) > 0)
        {
            count += read;
        }

        ReadOnlySpan<byte> bytes = sample.AsSpan(0, count);
        Encoding? encoding = CharsetDetector.FromByteOrderMark(bytes, out int mark);
        if (encoding is null && count >= 2 && bytes[0] is (byte)'W' or (byte)'R' && bytes[1] == 0)
        {
            encoding = Encoding.Unicode;
        }

        encoding ??= codePage is int number ? CodePages.Get(number) : CharsetDetector.Detect(TrimSplitCharacter(bytes, stream.Length)) ?? CodePages.Get(CodePages.Western);
        Array.Clear(sample, 0, sample.Length);
        stream.Position = mark;
        return new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false, 4096, leaveOpen: true);
    }

    // A sample may end within a character; it is cut at its last line, which a detector can judge.
    private static ReadOnlySpan<byte> TrimSplitCharacter(ReadOnlySpan<byte> sample, long length) =>
        sample.Length < length && sample.LastIndexOf((byte)'\n') is int end and > 0 ? sample.Slice(0, end) : sample;
}
