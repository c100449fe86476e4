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

    /// <summary>The body of the multipart with the empty line that such parts lack; null where there are none.</summary>
    public BinarySource? Mend(string boundary, MimeExtent extent)
    {
        string delimiter = "--" + boundary;
        List<long> lacking = [];
        foreach ((long begin, long end) in Gaps(boundary, extent))
        {
            bool isBehindDelimiter = false;
            long at = begin;
            foreach ((string line, long next) in BoundaryGuess.Lines(extent with { Body = begin, End = end }))
            {
                if (isBehindDelimiter && line.Length > 0 && !line.StartsWith(delimiter, StringComparison.Ordinal) && !MessageBytes.IsHeader(line))
                {
                    lacking.Add(at);
                }

                if (line == delimiter + "--")
                {
                    break;
                }

                isBehindDelimiter = line == delimiter;
                at = next;
            }
        }

        return lacking.Count == 0 ? null : WithLines(extent, lacking);
    }

    private static BinarySource WithLines(MimeExtent extent, List<long> lacking)
    {
        List<BinarySource> pieces = [];
        bool isAtHand = lacking.Count <= MostPieces || extent.End - extent.Body <= MostBytesAtHand;
        long begin = extent.Body;
        foreach (long at in isAtHand ? lacking : lacking.Take(MostPieces))
        {
            pieces.Add(new SliceSource([], extent.Source, begin, at));
            pieces.Add(BinarySource.FromBytes([(byte)'\r', (byte)'\n']));
            begin = at;
        }

        pieces.Add(new SliceSource([], extent.Source, begin, extent.End));
        JoinedSource joined = new([.. pieces]);
        return lacking.Count > MostPieces && isAtHand ? BinarySource.FromBytes(joined.ToArray()) : joined;
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
