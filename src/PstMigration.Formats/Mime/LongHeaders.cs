using System.Text;
using MimeKit;
using MimeKit.Utils;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Finds headers longer than <see cref="HeaderLimit.MostOfField"/>, also those of parts and of messages in a message, whose ends are left out of what is parsed: a parser's time
/// grows with the square of a header's length. Of the headers of a part it leaves out those beyond <see cref="HeaderLimit.MostBytesOfPart"/> and
/// <see cref="HeaderLimit.MostFieldsOfPart"/>; <see cref="HeaderLimit"/> has seen to those of the message. What looks like a header in a text is none: heads begin behind delimiters that a head has named (RFC 2046 5.1.1), and in parts that are messages.
/// </summary>
internal sealed class LongHeaders
{
    private const int MostOfName = 256;

    private readonly HashSet<string> _delimiters = new(StringComparer.Ordinal);
    private readonly List<(long Begin, long End, bool IsInLine)> _cuts = [];
    private readonly List<byte> _value = [];
    private bool _isInHead = true;
    private bool _isMessage;
    private bool _isEncoded;
    private string _field = "";
    private long _begin;
    private long _cut;
    private bool _isOfPart;
    private long _headBegin;
    private int _fields;
    private long? _beyond;

    private LongHeaders()
    {
    }

    /// <summary>A message without the ends of its long headers; null where there are none.</summary>
    public static BinarySource? Without(BinarySource message)
    {
        LongHeaders headers = new();
        headers.Find(message);
        return headers._cuts.Count > 0 ? new JoinedSource([.. headers.Pieces(message)]) : null;
    }

    private void Find(BinarySource message)
    {
        using Stream stream = message.OpenRead();
        LineScanner lines = new(stream);
        while (lines.Read())
        {
            ReadOnlySpan<byte> piece = lines.Piece;
            if (lines.IsLineStart && IsDelimiter(piece))
            {
                EndHead(lines.Offset);
                Begin(lines.Offset);
            }
            else if (_isInHead && lines.IsLineStart && MboxLines.IsEmpty(piece))
            {
                EndHead(lines.Offset);
                bool isMessage = _isMessage && !_isEncoded;
                Begin(lines.Offset);
                _isInHead = isMessage;
            }
            else if (_isInHead)
            {
                Take(piece, lines.IsLineStart, lines.Offset);
            }
        }

        EndHead(lines.Offset);
    }

    private void Begin(long offset)
    {
        _isOfPart = true;
        _headBegin = offset;
        _fields = 0;
        _isInHead = true;
        _isMessage = false;
        _isEncoded = false;
    }

    private void Take(ReadOnlySpan<byte> piece, bool isLineStart, long offset)
    {
        if (isLineStart && piece[0] is not ((byte)' ' or (byte)'\t'))
        {
            EndField(offset);
            string name = Encoding.ASCII.GetString(piece[..Math.Min(piece.Length, MostOfName)].ToArray());
            _field = MessageBytes.IsHeader(name) ? name.Substring(0, name.IndexOf(':')).Trim() : "";
            _begin = offset;
            _cut = 0;
            bool isBeyond = _isOfPart && (offset - _headBegin > HeaderLimit.MostBytesOfPart || ++_fields > HeaderLimit.MostFieldsOfPart);
            _beyond ??= isBeyond ? offset : null;
        }

        // Where a line ends, unless it is all in one.
        long end = offset + piece.Length - _begin;
        _cut = end <= HeaderLimit.MostOfField ? end : _cut;
        if (SignedEntity.IsOfBody(_field) && _value.Count < HeaderLimit.MostOfField)
        {
            _value.AddRange(piece[..Math.Min(piece.Length, HeaderLimit.MostOfField)].ToArray());
        }
    }

    private void EndHead(long end)
    {
        EndField(end);
        if (_beyond is long begin)
        {
            _cuts.Add((begin, end, false));
        }

        _beyond = null;
    }

    private void EndField(long end)
    {
        if (_beyond is not null)
        {
            // Left out with all that is beyond.
            _value.Clear();
        }
        else if (_field.Length > 0 && end - _begin > HeaderLimit.MostOfField)
        {
            _cuts.Add((_begin + (_cut > 0 ? _cut : HeaderLimit.MostOfField), end, _cut == 0));
        }

        if (_value.Count > 0)
        {
            Learn();
        }

        _field = "";
        _value.Clear();
    }

    /// <summary>What a header says about the body behind it.</summary>
    private void Learn()
    {
        byte[] value = [.. _value.Skip(_value.IndexOf((byte)':') + 1)];
        if (_field.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && ContentType.TryParse(value, out ContentType? type))
        {
            _isMessage |= type.IsMimeType("message", "*") || type.IsMimeType("text", "rfc822-headers");
            if (type.Boundary is { Length: > 0 } boundary)
            {
                _delimiters.Add("--" + boundary.TrimEnd());
            }
        }
        else if (_field.Equals("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
        {
            _isEncoded |= MimeUtils.TryParse(Encoding.ASCII.GetString(value).Trim(), out ContentEncoding encoding)
                && encoding is ContentEncoding.Base64 or ContentEncoding.QuotedPrintable or ContentEncoding.UUEncode;
        }
    }

    private bool IsDelimiter(ReadOnlySpan<byte> line) =>
        _delimiters.Count > 0 && line.StartsWith("--"u8) && line.Length <= HeaderLimit.MostOfField && _delimiters.Contains(Encoding.UTF8.GetString(line.ToArray()).TrimEnd());

    private IEnumerable<BinarySource> Pieces(BinarySource message)
    {
        long at = 0;
        foreach ((long begin, long end, bool isInLine) in _cuts)
        {
            yield return new SliceSource([], message, at, begin);
            yield return BinarySource.FromBytes(isInLine ? [(byte)'\r', (byte)'\n'] : []);
            at = end;
        }

        yield return new SliceSource([], message, at, message.Measure());
    }
}
