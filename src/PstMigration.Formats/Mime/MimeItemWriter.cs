using System;
using System.IO;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Makes the MIME message of one item: headers, then a body that is built, or spliced in where it is signed.</summary>
internal sealed class MimeItemWriter(MimeExportOptions options, LossList losses, int depth = 0)
{
    /// <summary>Messages in messages are followed this far.</summary>
    private const int MaximumDepth = 16;

    public void Write(MapiItem item, Stream target)
    {
        using MimeMessage message = new();
        message.Headers.Clear();
        MimeIdentity identity = MimeIdentity.Of(item);
        new MimeHeaderWriter(options, losses, identity).Write(item, message);
        if (SignedEntity.TryFind(item, out BinarySource? entity))
        {
            SignedEntity.Write(message, entity, target);
            return;
        }

        message.Body = new MimeBodyBuilder(this, losses, identity).Build(item);
        message.WriteTo(MimeExport.Format(), target);
    }

    /// <summary>The item of an attachment as a part; null where it is too deep.</summary>
    public MimePart? WriteEmbedded(MapiItem item)
    {
        if (depth >= MaximumDepth)
        {
            losses.Add(LossKind.NestedAttachment, item.Subject);
            return null;
        }

        // Written out rather than nested as an object, so that a signed message inside stays as it is.
        MemoryStream bytes = new();
        new MimeItemWriter(options, losses, depth + 1).Write(item, bytes);
        bytes.Position = 0;
        return new MimePart("message", "rfc822")
        {
            Content = new MimeContent(bytes),
            ContentTransferEncoding = IsSevenBit(bytes) ? ContentEncoding.SevenBit : ContentEncoding.EightBit,
        };
    }

    private static bool IsSevenBit(MemoryStream bytes) =>
        CharsetDetector.IsSevenBit(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
}
