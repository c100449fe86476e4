using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Finds the messages of an mbox file of any flavour, front to back, holding no more than a line of it. A message begins
/// behind a line <c>From </c> that has a date at its end, or no more than one word, and headers behind it (RFC 4155, and what programs make
/// of it); where a Content-Length leads exactly to such a line or to the end, it counts. All other lines are text, those before the first From_ line too.
/// </summary>
internal sealed class MboxReader : IDisposable
{
    /// <summary>Before the first message there may be some.</summary>
    private const int MostEmptyLines = 16;

    private readonly string _path;
    private readonly Func<string, Stream> _open;
    private readonly Stream _stream;
    private readonly LineScanner _lines;
    private readonly IReadOnlyList<byte[]> _keys;
    private readonly IncrementalHash? _hash;
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private Stream? _ahead;
    private byte[] _copy = new byte[4096];
    private bool _wasEmpty = true;

    private MboxReader(string path, Func<string, Stream> open, bool withIds)
    {
        _path = path;
        _open = open;
        _keys = TreeKeys.Of(path);
        _hash = withIds ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        _stream = open(path);
        _lines = new LineScanner(_stream);
    }

    /// <summary>Lists the messages of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a long message.</param>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static IEnumerable<MboxMessage> Read(string path, CancellationToken cancellationToken = default) =>
        Read(path, p => Open(p, cancellationToken));

    /// <summary>Lists where the messages of a file lie and what their heads say, without ids: their bodies are not hashed.</summary>
    /// <inheritdoc cref="Read(string, CancellationToken)"/>
    public static IEnumerable<MboxMessage> ReadHeads(string path, CancellationToken cancellationToken = default) =>
        Read(path, p => Open(p, cancellationToken), withIds: false);

    /// <summary>Lists the messages of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="open">Opens it, as often as it is called.</param>
    /// <param name="withIds">Whether they get an id.</param>
    internal static IEnumerable<MboxMessage> Read(string path, Func<string, Stream> open, bool withIds = true)
    {
        using MboxReader reader = new(path, open, withIds);
        bool hasMore = reader.Next() && reader.SkipEmpty();
        while (hasMore)
        {
            MboxMessage message = reader.ReadMessage(out hasMore);
            if (message.End > message.Begin)
            {
                yield return message;
            }
        }
    }

    /// <summary>Whether a file begins as an mbox does.</summary>
    public static bool IsMbox(string path)
    {
        using FileStream stream = TreeFiles.OpenRead(path);
        LineScanner lines = new(stream);
        bool hasLine = lines.Read();
        for (int i = 0; i < MostEmptyLines && hasLine && MboxLines.IsEmpty(lines.Piece); i++)
        {
            hasLine = lines.Read();
        }

        return hasLine && IsSeparator(lines, wasEmpty: true);
    }

    public void Dispose()
    {
        _hash?.Dispose();
        _ahead?.Dispose();
        _stream.Dispose();
    }

    private static Stream Open(string path, CancellationToken cancellationToken) => new StoppableSource(FileSource.Of(path), cancellationToken).OpenRead();

    private static bool IsSeparator(LineScanner lines, bool wasEmpty)
    {
        if (!lines.IsLineStart || !MboxLines.IsFrom(lines.Piece))
        {
            return false;
        }

        // Many a sentence begins so: without headers behind it a line is none between messages, unless a message without any stands there.
        ReadOnlySpan<byte> next = lines.NextLine;
        bool hasHeader = MboxLines.IsHeader(next) || next.StartsWith(">From "u8);
        bool hasDate = FromLine.HasDate(lines.Piece);
        return wasEmpty ? (hasDate && (hasHeader || MboxLines.IsEmpty(next))) || (MboxLines.IsKnownHeader(next) && FromLine.IsBare(lines.Piece)) : hasDate && hasHeader;
    }

    private bool Next()
    {
        bool isEmpty = _lines.IsLineStart && _lines.Offset + _lines.Piece.Length > 0 && MboxLines.IsEmpty(_lines.Piece);
        _wasEmpty = _lines.Offset + _lines.Piece.Length == 0 || isEmpty;
        return TreeFiles.Read(_path, _ => _lines.Read());
    }

    private bool SkipEmpty()
    {
        bool hasMore = true;
        while (hasMore && _lines.IsLineStart && MboxLines.IsEmpty(_lines.Piece))
        {
            hasMore = Next();
        }

        return hasMore;
    }

    /// <summary>Reads from a From_ line, or from what stands before the first, to the next one.</summary>
    private MboxMessage ReadMessage(out bool hasMore)
    {
        long start = _lines.Offset;
        DateTimeOffset? time = FromLine.TimeIn(_lines.Piece);
        hasMore = !IsSeparator(_lines, wasEmpty: true) || SkipLine();
        long begin = _lines.Offset;
        MessageHead head = new(_keys);
        long counted = -1;
        int quotes = 0;
        hasMore = hasMore && ReadHeaders(head, ref counted);

        // The file may be read again at another place: a count is trusted only where it leads to a line between messages.
        long limit = counted >= 0 && hasMore && EndsMessage(_lines.Offset + counted) ? _lines.Offset + counted : -1;
        MboxQuoting quoting = MboxQuoting.Quoted;
        long end = _lines.Offset;
        bool endsEmpty = false;
        int emptyLength = 0;
        while (hasMore)
        {
            bool isWithin = limit >= 0 && _lines.Offset < limit;
            bool isSeparator = IsSeparator(_lines, _wasEmpty);
            if (isSeparator && !isWithin)
            {
                break;
            }

            if (isSeparator)
            {
                quoting = MboxQuoting.Counted;
            }

            quotes += _lines.IsLineStart && MboxLines.IsQuotedFrom(_lines.Piece) ? 1 : 0;
            endsEmpty = _lines.IsLineStart && MboxLines.IsEmpty(_lines.Piece) && _lines.Offset >= limit;
            emptyLength = _lines.Piece.Length;
            Hash(_lines.Piece, endsEmpty);
            end = _lines.Offset + _lines.Piece.Length;
            hasMore = Next();
        }

        long stop = end;
        end -= endsEmpty ? emptyLength : 0;
        bool isUnquoted = quoting != MboxQuoting.Counted && !_lines.EndsInReturn;
        return new MboxMessage(start, begin, end, stop, quoting, isUnquoted ? quotes : 0, Finish(), head, time);
    }

    private bool ReadHeaders(MessageHead head, ref long counted)
    {
        bool isSkipped = false;
        while (!(_lines.IsLineStart && MboxLines.IsEmpty(_lines.Piece)))
        {
            if (IsSeparator(_lines, _wasEmpty))
            {
                return true;
            }

            if (_lines.IsLineStart)
            {
                string line = Encoding.UTF8.GetString(_lines.Piece[..Math.Min(_lines.Piece.Length, LineScanner.LeastSeen)].ToArray());
                bool isContinuation = line[0] is ' ' or '\t';
                isSkipped = head.Take(line) || (isContinuation ? isSkipped : IsCount(line, ref counted));
            }

            if (!isSkipped)
            {
                Hash(_lines.Piece, false);
            }

            if (!Next())
            {
                return false;
            }
        }

        Hash(_lines.Piece, false);
        return Next();
    }

    private static bool IsCount(string line, ref long counted)
    {
        const string Field = "Content-Length:";
        bool isCount = line.StartsWith(Field, StringComparison.OrdinalIgnoreCase);
        if (isCount && long.TryParse(line.Substring(Field.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            counted = value;
        }

        return isCount;
    }

    /// <summary>Whether a message can end at an offset: the file does, or an empty line or none and a From_ line follow.</summary>
    private bool EndsMessage(long offset)
    {
        Stream stream = _ahead ??= _open(_path);
        if (offset >= stream.Length || offset < 0)
        {
            return offset == stream.Length;
        }

        byte[] bytes = new byte[LineScanner.LeastSeen];
        stream.Position = offset;
        int length = TreeFiles.Read(_path, _ => stream.Fill(bytes));
        int start = 0;
        while (start < length && bytes[start] is (byte)'\r' or (byte)'\n')
        {
            start++;
        }

        ReadOnlySpan<byte> rest = bytes.AsSpan(start, length - start);
        int feed = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = feed < 0 ? rest : rest[..feed];
        return rest.IsEmpty || (MboxLines.IsFrom(line) && (FromLine.HasDate(line) || FromLine.IsBare(line)));
    }

    private bool SkipLine()
    {
        bool hasMore;
        do
        {
            hasMore = Next();
        }
        while (hasMore && !_lines.IsLineStart);
        return hasMore;
    }

    // The empty line that ends a message is not part of it; whether it is the last is only known later, so none of a run's end is hashed.
    private void Hash(ReadOnlySpan<byte> bytes, bool isEmptyLine)
    {
        if (isEmptyLine || _hash is null)
        {
            return;
        }

        if (_copy.Length < bytes.Length)
        {
            _copy = new byte[bytes.Length];
        }

        bytes.CopyTo(_copy);
        _hash.AppendData(_copy, 0, bytes.Length);
    }

    /// <summary>Two equal messages in a file stay two: the second has a number.</summary>
    private string Finish()
    {
        if (_hash is null)
        {
            return "";
        }

        string id = Hex.Lower(_hash.GetHashAndReset().AsSpan(0, 16));
        int count = _seen.TryGetValue(id, out int known) ? known + 1 : 1;
        _seen[id] = count;
        return count == 1 ? id : id + "-" + count.ToString(CultureInfo.InvariantCulture);
    }
}
