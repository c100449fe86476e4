using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Gives the bytes of a message in the form parsers expect, whatever a program, a mail server or a shell made of its file: UTF-16 or a byte order mark,
/// lines that end in CR or CR CR LF, empty lines or a line of an mbox file or of Exchange before the headers, no empty line behind them.
/// </summary>
internal static class MessageBytes
{
    /// <summary>Headers are looked through this far, more than once where so much is not enough; behind that they are as they are.</summary>
    private const int BytesOfHead = 16 * 1024;
    private const int MostBytesOfHead = 1024 * 1024;

    private const int MostBytesAtHand = 8 * 1024 * 1024;

    private static readonly Encoding s_bytes = CodePages.Get(CodePages.Latin1);

    private const string ExchangeBanner = "Microsoft Mail Internet Headers Version";

    /// <summary>Opens a message as a parser reads it: its bytes as they are where they are sound, which nearly all are.</summary>
    /// <param name="mime">The bytes.</param>
    /// <param name="limit">What is kept from the parser; null for nothing.</param>
    public static WatchedStream Open(BinarySource mime, out HeaderLimit? limit)
    {
        WatchedStream stream = new(mime);
        byte[] head = Head(stream);
        if (Utf16Source.Of(mime, head) is BinarySource decoded)
        {
            head = Reopen(AtHand(decoded, mime), ref stream);
        }

        LineEnds ends = LineEndSource.Tell(head);
        if (ends != LineEnds.Sound)
        {
            head = Reopen(AtHand(new LineEndSource(stream.Source, ends), mime), ref stream);
        }

        int begin = Begin(head);
        int? text = TextWithoutEmptyLine(head, begin);
        if (begin > 0 || text is not null)
        {
            BinarySource source = stream.Source;
            head = Reopen(
                text is not int at ? new SliceSource([], source, begin, source.Measure())
                    : new JoinedSource(new SliceSource([], source, begin, at), BinarySource.FromBytes([(byte)'\r', (byte)'\n']), new SliceSource([], source, at, source.Measure())),
                ref stream);
        }

        limit = HeaderLimit.Of(stream.Source, head);
        if (limit is not null)
        {
            stream.Dispose();
            stream = new WatchedStream(limit.Message);
        }

        return stream.Begin();
    }

    /// <summary>Whether a calendar or a card begins, whose lines look like headers.</summary>
    public static bool IsCalendar(string line) => line.StartsWith("BEGIN:V", StringComparison.OrdinalIgnoreCase);

    /// <summary>A message that is not long is changed once, not whenever a part of it is read.</summary>
    private static BinarySource AtHand(BinarySource changed, BinarySource mime) =>
        !mime.IsLongerThan(MostBytesAtHand) ? BinarySource.FromBytes(changed.ToArray()) : changed;

    private static byte[] Reopen(BinarySource source, ref WatchedStream stream)
    {
        stream.Dispose();
        stream = new WatchedStream(source);
        return Head(stream);
    }

    /// <summary>The headers, if they are not longer than any are, and what is behind them.</summary>
    private static byte[] Head(WatchedStream stream)
    {
        byte[] head = [];
        int length = 0;
        for (int size = BytesOfHead; size <= MostBytesOfHead; size *= 8)
        {
            Array.Resize(ref head, size);
            length += stream.Fill(head, length, size - length);
            ReadOnlySpan<byte> seen = head.AsSpan(0, length);
            if (length < size || seen.IndexOf("\n\n"u8) >= 0 || seen.IndexOf("\n\r\n"u8) >= 0)
            {
                break;
            }
        }

        Array.Resize(ref head, length);
        return head;
    }

    /// <summary>Where the headers begin.</summary>
    private static int Begin(byte[] head)
    {
        CharsetDetector.FromByteOrderMark(head, out int begin);
        foreach ((int start, int end) in Lines(head, begin))
        {
            string line = Text(head, start, end);
            bool isBefore = line.Trim().Length == 0 || (line.StartsWith("From ", StringComparison.Ordinal) && !IsHeader(line)) || line.StartsWith(">From ", StringComparison.Ordinal)
                || line.StartsWith(ExchangeBanner, StringComparison.OrdinalIgnoreCase);
            if (!isBefore)
            {
                return IsHeader(line) ? start : BeginBehindStray(head, begin, start);
            }
        }

        return begin;
    }

    /// <summary>
    /// Where headers begin behind what a program has left before them: the answer of a server, a delimiter. A text that begins with empty lines and has no headers
    /// stays as it is.
    /// </summary>
    private static int BeginBehindStray(byte[] head, int begin, int stray)
    {
        const int Most = 8;
        foreach ((int start, int end) in Lines(head, stray).Take(Most))
        {
            if (IsKnownHeader(Text(head, start, end)))
            {
                return start;
            }
        }

        return begin;
    }

    /// <summary>Where the text begins without an empty line before it; null where there is one, and where headers go on behind a stray line.</summary>
    private static int? TextWithoutEmptyLine(byte[] head, int begin)
    {
        List<(int Start, int End)> lines = [.. Lines(head, begin).TakeWhile(l => Text(head, l.Start, l.End).Length > 0)];
        for (int i = 1; i < lines.Count; i++)
        {
            string line = Text(head, lines[i].Start, lines[i].End);
            bool isPart = line.StartsWith("--", StringComparison.Ordinal) && !IsHeader(line);
            bool isField = IsHeader(line) && !IsCalendar(line);
            bool isBlank = line.Trim().Length == 0;
            bool isStray = !isField && (isBlank || line[0] is not (' ' or '\t')) && !GoesOn(head, lines, i + 1);
            if (isPart || isStray)
            {
                return lines[i].Start;
            }
        }

        return null;
    }

    /// <summary>Whether headers everybody knows follow: a line between them is one that was broken.</summary>
    private static bool GoesOn(byte[] head, List<(int Start, int End)> lines, int next)
    {
        const int Most = 4;
        for (int i = next; i < Math.Min(lines.Count, next + Most); i++)
        {
            if (IsKnownHeader(Text(head, lines[i].Start, lines[i].End)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsKnownHeader(string line) => IsHeader(line) && HeaderNames.IsKnown(line.Substring(0, line.IndexOf(':')).Trim());

    /// <summary>Whether a line begins a header: the address of a page does not.</summary>
    public static bool IsHeader(string line)
    {
        int colon = line.IndexOf(':');
        bool isAddress = colon > 0 && string.CompareOrdinal(line, colon, "://", 0, 3) == 0;
        return colon > 0 && !isAddress && line.Substring(0, colon).TrimEnd(' ', '\t').All(c => c is > ' ' and < '\u007F') && line[0] > ' ';
    }

    private static string Text(byte[] head, int start, int end) => s_bytes.GetString(head, start, Math.Min(end - start, 1000)).TrimEnd('\r', '\n');

    private static IEnumerable<(int Start, int End)> Lines(byte[] head, int begin)
    {
        for (int start = begin; start < head.Length;)
        {
            int feed = Array.IndexOf(head, (byte)'\n', start);
            int end = feed < 0 ? head.Length : feed + 1;
            yield return (start, end);
            start = end;
        }
    }
}
