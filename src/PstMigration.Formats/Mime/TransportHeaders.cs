using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The header block a received message came with (<see cref="PropertyTags.TransportMessageHeaders"/>).</summary>
internal static class TransportHeaders
{
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

        byte[] block = Encoding.UTF8.GetBytes(Prepare(text));
        ParserOptions parser = ParserOptions.Default.Clone();
        parser.CharsetEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        HeaderList headers;
        try
        {
            using MemoryStream stream = new(block);
            headers = HeaderList.Load(parser, stream);
        }
        catch (FormatException)
        {
            return null;
        }

        bool isMessage = headers.Contains(HeaderId.From) || headers.Contains(HeaderId.Received) || headers.Contains(HeaderId.MessageId);
        return isMessage ? headers.Where(h => !SignedEntity.IsOfBody(h.Field) && !OwnHeaders.IsOwn(h.Field)).Select(h => Portable(h, losses)).ToList() : null;
    }

    /// <summary>The block up to its first empty line, without the banner old Exchange put before it.</summary>
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
            bool isField = !isContinuation && line.IndexOf(':') > 0 && line.IndexOf(' ', 0, line.IndexOf(':')) < 0;
            if (!isBanner && (isField || (isContinuation && hasField)))
            {
                block.Append(line.Replace("\0", "")).Append("\r\n");
                hasField = true;
            }
        }

        return block.Append("\r\n").ToString();
    }

    /// <summary>A header whose text was decoded before it was stored is encoded again; what parsers stumble over is mended; all others stay as they stood.</summary>
    private static Header Portable(Header header, LossList losses) =>
        CharsetDetector.IsSevenBit(header.RawValue) ? AddressRepair.Repair(header, losses) : new Header(Encoding.UTF8, header.Field, header.Value);
}
