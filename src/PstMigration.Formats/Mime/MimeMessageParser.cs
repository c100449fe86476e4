using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Parses messages, and what is broken in them as far as it can be told: multiparts without a boundary or with a wrong one, and parts behind the end of
/// theirs. What has no structure left becomes text, so that people see it (RFC 2045 5.2).
/// </summary>
internal sealed class MimeMessageParser
{
    /// <summary>Broken parts in broken parts are mended this deep.</summary>
    private const int MaximumMends = 8;

    /// <summary>
    /// Parts of a message that are told apart, each with up to <see cref="HeadersOfPart"/> headers, for all of them are held in memory: what is behind the last of them stays as it is, as
    /// one attachment. Exchange takes messages of 250 parts.
    /// </summary>
    private const int MostParts = 10_000;

    private const int HeadersOfPart = 16;

    /// <summary>Multiparts that somebody has encoded as a whole are decoded up to this size.</summary>
    private const int MostDecoded = 32 * 1024 * 1024;

    private readonly Dictionary<MimeEntity, LostParts> _multiparts = [];
    private int _parts;
    private bool _isCut;

    /// <summary>Where messages are.</summary>
    public MimeOffsets Offsets { get; } = new();

    /// <summary>Parses a message. Content stays where it is.</summary>
    /// <exception cref="System.FormatException">The bytes are no message at all.</exception>
    /// <exception cref="System.IO.EndOfStreamException">There are no bytes.</exception>
    public MimeMessage ParseMessage(BinarySource source)
    {
        // Later reads open the bytes again: no file stays open longer than it is read.
        using WatchedStream stream = MessageBytes.Open(source, out HeaderLimit? limit);
        Offsets.Limit = limit;
        MimeMessage message = ParseMessage(stream, out Dictionary<MimeEntity, MimeExtent> broken);
        limit?.Complete(message.Headers);
        Mend(message, broken, 0);
        return message;
    }

    private MimeMessage ParseMessage(WatchedStream stream, out Dictionary<MimeEntity, MimeExtent> broken)
    {
        try
        {
            return Parse(stream, p => p.ParseMessage(), out broken);
        }
        catch (PartLimitException e)
        {
            _isCut = true;
            Offsets.Rest = new SliceSource([], e.Parsed, e.End, e.Parsed.Measure());
            using WatchedStream begin = new(new SliceSource([], e.Parsed, 0, e.End));
            MimeMessage message = Parse(begin.Begin(), p => p.ParseMessage(), out broken);
            _isCut = false;
            return message;
        }
    }

    /// <summary>All parsing passes here: no parser sees a header that is longer than it can take.</summary>
    private T Parse<T>(WatchedStream watched, Func<MimeParser, T> parse, out Dictionary<MimeEntity, MimeExtent> broken)
    {
        broken = [];
        int parts = _parts;
        try
        {
            T parsed = parse(Parser(watched, broken));
            if (!watched.IsEnded)
            {
                return parsed;
            }
        }
        catch (Exception e) when (watched.IsEnded && e is FormatException or EndOfStreamException)
        {
            // It was not seen whole.
        }

        broken = [];
        _parts = parts;
        BinarySource? cut = LongHeaders.Without(watched.Source);
        Offsets.HasLongHeaders |= cut is not null;
        using SourceStream stream = new(cut ?? watched.Source);
        return parse(Parser(stream, broken));
    }

    private MimeParser Parser(SourceStream stream, Dictionary<MimeEntity, MimeExtent> broken)
    {
        BinarySource source = stream.Source;
        MimeParser parser = new(Options(), stream, MimeFormat.Entity, persistent: true);
        parser.MimeMessageEnd += (_, e) => Offsets.Add(source, e);
        parser.MimeEntityEnd += (_, e) =>
        {
            _parts += 1 + (e.Entity.Headers.Count / HeadersOfPart);
            if (_parts > MostParts && !_isCut)
            {
                throw new PartLimitException(source, e.EndOffset);
            }

            MimeExtent extent = new(source, e.BeginOffset, e.HeadersEndOffset, e.EndOffset);
            if (e.Entity is Multipart multipart && PartsOf(multipart).MayBe(multipart.Boundary ?? "", extent))
            {
                broken[e.Entity] = extent;
            }

            if (e.Parent is Multipart parent)
            {
                PartsOf(parent).Add(e.BeginOffset, e.EndOffset);
            }

            if (IsBroken(e.Entity) || (e.Entity is MimePart && (e.EndOffset - e.HeadersEndOffset <= 2 || e.Entity.Headers.Count == 0)))
            {
                broken[e.Entity] = extent;
            }
        };
        return parser;
    }

    private LostParts PartsOf(Multipart multipart)
    {
        if (!_multiparts.TryGetValue(multipart, out LostParts? parts))
        {
            _multiparts.Add(multipart, parts = new LostParts());
        }

        return parts;
    }

    private static ParserOptions Options()
    {
        ParserOptions options = ParserOptions.Default.Clone();
        options.MaxMimeDepth = MimeImport.MaximumDepth;
        options.CharsetEncoding = CodePages.Find(CodePages.Utf8)!;
        return options;
    }

    // A multipart nested too deep is a part whose type is understood.
    private static bool IsBroken(MimeEntity entity) =>
        entity is Multipart { Count: 0 } or Multipart { Epilogue.Length: > 0 }
        || (entity is MimePart && !entity.ContentType.IsMimeType("multipart", "*")
            && SaidType.Of(entity).StartsWith("multipart/", StringComparison.OrdinalIgnoreCase));

    private void Mend(MimeMessage message, Dictionary<MimeEntity, MimeExtent> broken, int depth)
    {
        if (broken.Count == 0 || message.Body is null)
        {
            return;
        }

        // The headers of a whole message are looked at before it is parsed.
        message.Body = message.Body is MimePart && !IsBroken(message.Body) ? message.Body : Mended(message.Body, broken, depth);
    }

    private MimeEntity Mended(MimeEntity entity, Dictionary<MimeEntity, MimeExtent> broken, int depth)
    {
        if (entity is MessagePart { Message: MimeMessage inner })
        {
            Mend(inner, broken, depth);
            return entity;
        }

        if (entity is Multipart multipart)
        {
            for (int i = 0; i < multipart.Count; i++)
            {
                MimeEntity child = Mended(multipart[i], broken, depth);
                if (child != multipart[i])
                {
                    multipart[i] = child;
                }
            }
        }

        return depth < MaximumMends && broken.TryGetValue(entity, out MimeExtent extent) ? Mend(entity, extent, depth) : entity;
    }

    private MimeEntity Mend(MimeEntity entity, MimeExtent extent, int depth)
    {
        bool isLost = false;
        if (entity is Multipart { Boundary.Length: > 0 } known && PartsOf(known).Find(known.Boundary, extent) is { Count: > 0 } lost)
        {
            if (LostParts.WithLines(extent, lost) is BinarySource mended && ParseAgain(entity, mended, depth) is Multipart again)
            {
                return again;
            }

            isLost = true;
        }

        if (entity is Multipart { Count: > 0 } whole)
        {
            if (isLost)
            {
                // What there are too many parts for is kept as it came.
                SliceSource kept = new([], extent.Source, extent.Body, extent.End);
                Offsets.Rest = Offsets.Rest is BinarySource rest ? new JoinedSource(kept, rest) : kept;
            }

            AddBehindEnd(whole, extent, depth);
            return whole;
        }

        if (entity is MimePart && !IsBroken(entity))
        {
            return HeadlessPart.Find(extent) is (byte[] head, int start) ? Parse(head, extent with { Body = extent.Begin + start }, depth) ?? entity : entity;
        }

        string type = SaidType.Of(entity) is string meant && meant.IndexOf('/') is > 0 and int slash ? meant.Substring(slash + 1) : "mixed";
        if (BoundaryGuess.Find(extent) is string boundary && ParseAs("multipart/" + type + "; boundary=\"" + boundary + "\"", extent, depth) is Multipart { Count: > 0 } found)
        {
            return found;
        }

        if (entity is Multipart { Boundary.Length: > 0 } ended && BoundaryGuess.EndOf(ended.Boundary, extent) is long end
            && ParseAgain(entity, new SliceSource([], extent.Source, end, extent.End), depth) is Multipart { Count: > 0 } behind)
        {
            return behind;
        }

        string encoding = entity.Headers[HeaderId.ContentTransferEncoding] is string said ? "\r\nContent-Transfer-Encoding: " + MimeAddresses.Clean(said).Trim() : "";
        MimeEntity? text = BoundaryGuess.IsBlank(extent, (entity as Multipart)?.Boundary) ? null : ParseAs("text/plain" + encoding, extent, depth);

        // A multipart must not be encoded as a whole (RFC 2045 6.4); some gateways do it all the same.
        bool isCoded = encoding.Length > 0 && entity is Multipart;
        return isCoded && text is MimePart coded && PartSource.Of(coded).TryToArray(MostDecoded) is byte[] decoded
            && ParseAgain(entity, BinarySource.FromBytes(decoded), depth) is Multipart { Count: > 0 } inside ? inside : text ?? entity;
    }

    /// <summary>Parses another body as the multipart it was.</summary>
    private MimeEntity? ParseAgain(MimeEntity entity, BinarySource body, int depth)
    {
        string type = MimeAddresses.Clean(entity.Headers[HeaderId.ContentType] ?? "multipart/mixed");
        return Parse(Encoding.UTF8.GetBytes("Content-Type: " + type + "\r\n\r\n"), new MimeExtent(body, 0, 0, body.Measure()), depth);
    }

    /// <summary>Some programs close a multipart and go on with more parts of it.</summary>
    private void AddBehindEnd(Multipart multipart, MimeExtent extent, int depth)
    {
        string boundary = multipart.Boundary ?? "";
        string delimiter = "--" + boundary;
        string[] lines = (multipart.Epilogue ?? "").Split('\n');
        if (boundary.Length == 0 || !lines.Any(l => l.TrimEnd('\r', ' ', '\t') == delimiter)
            || BoundaryGuess.EndOf(boundary, extent) is not long end)
        {
            return;
        }

        string type = "multipart/mixed; boundary=\"" + boundary.Replace("\"", "") + "\"";
        if (ParseAs(type, extent with { Body = end }, depth) is Multipart more)
        {
            foreach (MimeEntity part in more)
            {
                multipart.Add(part);
            }
        }
    }

    /// <summary>Parses the body of a part as another type.</summary>
    private MimeEntity? ParseAs(string contentType, MimeExtent extent, int depth) =>
        Parse(Encoding.UTF8.GetBytes("Content-Type: " + contentType + "\r\n\r\n"), extent, depth);

    /// <summary>Parses the body of a part behind other headers.</summary>
    private MimeEntity? Parse(byte[] header, MimeExtent extent, int depth)
    {
        try
        {
            using WatchedStream stream = new(new SliceSource(header, extent.Source, extent.Body, extent.End));
            MimeEntity parsed = Parse(stream.Begin(), p => p.ParseEntity(), out Dictionary<MimeEntity, MimeExtent> broken);
            return Mended(parsed, broken, depth + 1);
        }
        catch (Exception e) when (e is FormatException or PartLimitException)
        {
            return null;
        }
    }

    /// <summary>There are more parts than are told apart.</summary>
    /// <param name="parsed">What was being parsed.</param>
    /// <param name="end">The end of the last part.</param>
    private sealed class PartLimitException(BinarySource parsed, long end) : Exception
    {
        public BinarySource Parsed => parsed;

        public long End => end;
    }
}
