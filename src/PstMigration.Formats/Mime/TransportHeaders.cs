using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The header block a received message came with (<see cref="PropertyTags.TransportMessageHeaders"/>).</summary>
internal static class TransportHeaders
{
    /// <summary>Characters that are read of a block; those behind are cut off at a line and told as a loss.</summary>
    private const int MaximumLength = 4 * 1024 * 1024;

    private const string ExchangeBanner = "Microsoft Mail Internet Headers Version";

    /// <summary>
    /// The headers in their order, without those of the body. Null where the item was not received, or where what is stored
    /// are no headers of a message.
    /// </summary>
    public static IReadOnlyList<Header>? Read(MapiItem item, LossList losses)
    {
        if ((item.Flags & MessageFlags.Unsent) != 0 || item.Properties.GetString(PropertyTags.TransportMessageHeaders) is not { Length: > 0 } text)
        {
            return null;
        }

        if (text.Length > MaximumLength)
        {
            losses.Add(LossKind.TooLarge, ((PropertyKey)PropertyTags.TransportMessageHeaders).ToString());
            text = text.Substring(0, text.LastIndexOf('\n', MaximumLength) + 1);
        }

        byte[] block = Encoding.UTF8.GetBytes(Prepare(text));
        ParserOptions parser = ParserOptions.Default.Clone();
        parser.CharsetEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        HeaderList headers;
        try
        {
            HeaderLimit? limit = HeaderLimit.Of(BinarySource.FromBytes(block), block);
            using Stream stream = limit?.Message.OpenRead() ?? new MemoryStream(block);
            headers = HeaderList.Load(parser, stream);
            limit?.Complete(headers);
            if (limit?.IsCut == true)
            {
                losses.Add(LossKind.TooLarge, ((PropertyKey)PropertyTags.TransportMessageHeaders).ToString());
            }
        }
        catch (FormatException)
        {
            return null;
        }

        bool isMessage = headers.Contains(HeaderId.From) || headers.Contains(HeaderId.Received) || headers.Contains(HeaderId.MessageId);
        return isMessage ? headers.Select(h => AddressRepair.Repair(h, losses)).ToList() : null;
    }

    /// <summary>The block up to its first empty line, without the banner old Exchange put before it and without what says how the body is made, or is ours.</summary>
    private static string Prepare(string text)
    {
        string[] lines = text.Replace("\r\n", "\n").Replace('\r', '\n').TrimStart('\n').Split('\n');
        StringBuilder block = new(text.Length);
        bool hasField = false;
        foreach (string line in lines)
        {
            if (line.Length == 0)
            {
                break;
            }

            bool isBanner = line.StartsWith(ExchangeBanner, StringComparison.OrdinalIgnoreCase);
            bool isContinuation = line[0] is ' ' or '\t';
            // What goes on with a line that is no field is none either.
            hasField = isContinuation ? hasField : !isBanner && !MessageBytes.IsCalendar(line) && IsOfMessage(line);
            if (hasField)
            {
                block.Append((isContinuation ? line : Field(line) + line.Substring(line.IndexOf(':'))).Replace("\0", "")).Append("\r\n");
            }
        }

        return block.Append("\r\n").ToString();
    }

    private static bool IsOfMessage(string line)
    {
        string field = Field(line);
        return field.Length > 0 && field.All(c => c is > ' ' and not '\u007F') && !SignedEntity.IsOfBody(field) && !OwnHeaders.IsOwn(field);
    }

    /// <summary>The name of a line's field, or an empty text. Blanks before the colon were allowed once (RFC 5322 4.5.8) and belong to no name.</summary>
    private static string Field(string line) => line.Substring(0, Math.Max(line.IndexOf(':'), 0)).TrimEnd(' ', '\t');
}
