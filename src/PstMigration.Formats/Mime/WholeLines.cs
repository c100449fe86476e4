using MimeKit.IO;

namespace PstMigration.Formats;

/// <summary>Lines that end in CRLF, written past the library's filter that mends line ends, for which nothing is left to do.</summary>
internal static class WholeLines
{
    private const int LineEnd = 2;

    public static void Write(Stream stream, byte[] lines, int length)
    {
        if (stream is FilteredStream filtered)
        {
            // It has to see the last line end, or it would add one.
            filtered.Source.Write(lines, 0, length - LineEnd);
            stream.Write(lines, length - LineEnd, LineEnd);
        }
        else
        {
            stream.Write(lines, 0, length);
        }
    }
}
