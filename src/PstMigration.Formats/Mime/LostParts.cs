using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Finds parts of a multipart that a parser passes over: a line of text right behind a delimiter, without headers and without an empty line, and then the next delimiter. They
/// are in no part, and show in the room between two of them that is larger than a delimiter takes.
/// </summary>
internal sealed class LostParts
{
    /// <summary>Every piece of a joined source is opened whenever a part of it is read.</summary>
    private const int MostPieces = 32;

    private const int MostBytesAtHand = 8 * 1024 * 1024;
    private const int Hyphens = 2;
    private const int LineEnd = 2;

    private readonly List<(long Begin, long End)> _children = [];

    /// <summary>Takes a part of the multipart, in their order.</summary>
    public void Add(long begin, long end) => _children.Add((begin, end));

    /// <summary>Whether there is more room between parts than their delimiters take.</summary>
    /// <param name="boundary">What is behind the hyphens of a delimiter.</param>
    /// <param name="extent">The multipart.</param>
    public bool MayBe(string boundary, MimeExtent extent) => Gaps(boundary, extent).Any();

    /// <summary>Where such parts begin.</summary>
    public IReadOnlyList<long> Find(string boundary, MimeExtent extent)
    {
        string delimiter = "--" + boundary;
        List<long> lost = [];
        foreach ((long begin, long end) in Gaps(boundary, extent))
        {
            bool isBehindDelimiter = false;
            long at = begin;
            foreach ((string line, long next) in BoundaryGuess.Lines(extent with { Body = begin, End = end }))
            {
                if (isBehindDelimiter && line.Length > 0 && !line.StartsWith(delimiter, StringComparison.Ordinal) && !MessageBytes.IsHeader(line))
                {
                    lost.Add(at);
                }

                if (line == delimiter + "--")
                {
                    break;
                }

                isBehindDelimiter = line == delimiter;
                at = next;
            }
        }

        return lost;
    }

    /// <summary>The body of a multipart with the empty line that parts of it lack; null where it is too large and they are too many.</summary>
    /// <param name="extent">The multipart.</param>
    /// <param name="parts">Where they begin, at least one.</param>
    public static BinarySource? WithLines(MimeExtent extent, IReadOnlyList<long> parts)
    {
        byte[] line = [(byte)'\r', (byte)'\n'];
        long begin = extent.Body;
        if (parts.Count > MostPieces)
        {
            if (new SliceSource([], extent.Source, begin, extent.End).TryToArray(MostBytesAtHand) is not byte[] body)
            {
                return null;
            }

            using MemoryStream whole = new(body.Length + (parts.Count * line.Length));
            foreach (long at in parts)
            {
                whole.Write(body, (int)(begin - extent.Body), (int)(at - begin));
                whole.Write(line, 0, line.Length);
                begin = at;
            }

            whole.Write(body, (int)(begin - extent.Body), (int)(extent.End - begin));
            return BinarySource.FromBytes(whole.ToArray());
        }

        List<BinarySource> pieces = [];
        foreach (long at in parts)
        {
            pieces.Add(new SliceSource([], extent.Source, begin, at));
            pieces.Add(BinarySource.FromBytes(line));
            begin = at;
        }

        pieces.Add(new SliceSource([], extent.Source, begin, extent.End));
        return new JoinedSource([.. pieces]);
    }

    private IEnumerable<(long Begin, long End)> Gaps(string boundary, MimeExtent extent)
    {
        int delimiter = Hyphens + boundary.Length + LineEnd;
        long at = extent.Body;
        foreach ((long begin, long end) in _children)
        {
            if (begin - at > delimiter + (at == extent.Body ? 0 : LineEnd))
            {
                yield return (at, begin);
            }

            at = end;
        }

        if (extent.End - at > delimiter + LineEnd + Hyphens)
        {
            yield return (at, extent.End);
        }
    }
}
