using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Header blocks that are longer than any: what is beyond <see cref="MostBytes"/> and <see cref="MostFields"/> is passed over and told as a loss, for all of them are held in
/// memory, several times; Exchange takes 128 KB of them. And the parser's time grows with the square of a header's length, so that long ones are put in behind it.
/// </summary>
internal sealed class HeaderLimit
{
    /// <summary>Bytes of all headers.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Headers, whatever their length.</summary>
    public const int MostFields = 100_000;

    /// <summary>Bytes of one header that the parser gets. Of those that say what the body is, which it has to understand, no more are read.</summary>
    public const int MostOfField = 64 * 1024;

    /// <summary>Bytes and number of the headers of a part, or of a message in the message.</summary>
    public const int MostBytesOfPart = 1024 * 1024;

    /// <inheritdoc cref="MostBytesOfPart"/>
    public const int MostFieldsOfPart = 10_000;

    private readonly List<(string Field, int Number, byte[] Value)> _long = [];

    private HeaderLimit(BinarySource message, BinarySource original)
    {
        Message = message;
        Original = original;
    }

    /// <summary>The message as it is to be parsed.</summary>
    public BinarySource Message { get; private set; }

    /// <summary>The headers as they came.</summary>
    public BinarySource Original { get; }

    /// <summary>Whether there are more headers than are read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Looks at how a message begins; null where its headers are as long as others.</summary>
    /// <param name="message">The message, which begins with its headers.</param>
    /// <param name="head">How it begins.</param>
    public static HeaderLimit? Of(BinarySource message, byte[] head)
    {
        int lines = head.AsSpan().IndexOf("\n\n"u8);
        int returns = head.AsSpan().IndexOf("\n\r\n"u8);
        int end = lines < 0 || (returns >= 0 && returns < lines) ? returns : lines;
        return (end is >= 0 and <= MostOfField) || !message.IsLongerThan(MostOfField) ? null : Read(message);
    }

    /// <summary>Gives the long headers of a parsed message back to it.</summary>
    public void Complete(HeaderList headers)
    {
        Dictionary<string, int> seen = new(StringComparer.OrdinalIgnoreCase);
        List<Header> all = [.. headers];
        int next = 0;
        foreach (Header header in all)
        {
            int number = seen[header.Field] = (seen.TryGetValue(header.Field, out int count) ? count : 0) + 1;
            if (next < _long.Count && _long[next].Number == number && _long[next].Field.Equals(header.Field, StringComparison.OrdinalIgnoreCase))
            {
                header.SetRawValue(_long[next++].Value);
            }
        }
    }

    private static HeaderLimit Read(BinarySource message)
    {
        (List<long> fields, long cut, long end) = Find(message);
        HeaderLimit limit = new(message, new SliceSource([], message, 0, cut)) { IsCut = cut < end };
        byte[] block = limit.Original.ToArray();
        Dictionary<string, int> seen = new(StringComparer.OrdinalIgnoreCase);
        using MemoryStream kept = new(block.Length);
        for (int i = 0; i < fields.Count && fields[i] < cut; i++)
        {
            int start = (int)fields[i];
            int length = (int)(i + 1 < fields.Count ? Math.Min(fields[i + 1], cut) : cut) - start;
            int colon = Array.IndexOf(block, (byte)':', start, Math.Min(length, 256));
            string field = colon < 0 ? "" : Encoding.ASCII.GetString(block, start, colon - start).Trim();
            seen[field] = (seen.TryGetValue(field, out int count) ? count : 0) + 1;
            if (length <= MostOfField || field.Length == 0)
            {
                kept.Write(block, start, length);
            }
            else if (SignedEntity.IsOfBody(field))
            {
                int line = Array.LastIndexOf(block, (byte)'\n', start + MostOfField - 1, MostOfField) + 1;
                kept.Write(block, start, Math.Max(line - start, 0));
                limit.IsCut = true;
            }
            else
            {
                byte[] empty = Encoding.ASCII.GetBytes(field + ":\r\n");
                kept.Write(empty, 0, empty.Length);
                limit._long.Add((field, seen[field], block.AsSpan(colon + 1, start + length - colon - 1).ToArray()));
            }
        }

        if (limit.IsCut || limit._long.Count > 0)
        {
            limit.Message = new JoinedSource(
                BinarySource.FromBytes(kept.ToArray()), new SliceSource([], message, end, message.Measure()));
        }

        return limit;
    }

    /// <summary>Where headers begin, behind the last that may stay, and where they end.</summary>
    private static (List<long> Fields, long Cut, long End) Find(BinarySource message)
    {
        using Stream stream = message.OpenRead();
        byte[] buffer = new byte[64 * 1024];
        List<long> fields = [];
        long at = 0;
        long lineStart = 0;
        long cut = 0;
        bool isBlank = true;
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0; at += read)
        {
            for (int i = 0; i < read;)
            {
                if (at + i == lineStart && buffer[i] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') && fields.Count <= MostFields)
                {
                    fields.Add(lineStart);
                }

                int feed = Array.IndexOf(buffer, (byte)'\n', i, read - i);
                int end = feed < 0 ? read : feed;
                isBlank &= end == i || (end == i + 1 && buffer[i] == (byte)'\r');
                if (feed < 0)
                {
                    break;
                }

                if (isBlank)
                {
                    return (fields, cut, lineStart);
                }

                i = feed + 1;
                lineStart = at + i;
                isBlank = true;
                cut = lineStart <= MostBytes && fields.Count <= MostFields ? lineStart : cut;
            }
        }

        return (fields, cut, Math.Max(cut, at <= MostBytes ? lineStart : at));
    }
}
