using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Formats.Tests.Tnef;

/// <summary>Items in items, however they are packed, count against one limit; what lies deeper is kept as it came.</summary>
public sealed class NestingTests
{
    private const int Limit = 64;

    [Fact]
    public void A_bottomless_winmail_ends_at_the_limit()
    {
        byte[] tnef = TnefBuilder.Nested(2000);
        MapiItem item = MimeImport.Read(TnefBuilder.Message(tnef));

        (int depth, MapiItem last) = Descend(item);

        Assert.Equal(Limit, depth);
        MapiAttachment rest = Assert.Single(last.Attachments);
        Assert.Equal(("winmail.dat", AttachMethod.ByValue), (rest.Name, rest.Method));
        byte[] kept = rest.Content!.ToArray();
        Assert.True(tnef.AsSpan().IndexOf(kept) > 0);
        Assert.True(TnefMessage.Read(kept, 0) is { IsDamaged: false });
        WriteEverywhere(item);
    }

    [Fact]
    public void Nothing_is_cut_within_the_limit()
    {
        (int depth, MapiItem last) = Descend(MimeImport.Read(TnefBuilder.Message(TnefBuilder.Nested(Limit))));

        Assert.Equal((Limit, "innermost"), (depth, last.Subject));
        Assert.Empty(last.Attachments);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(200)]
    public void Messages_in_messages_count_too(int messages)
    {
        byte[] mime = TnefBuilder.Message(TnefBuilder.Nested(500));
        for (int i = 0; i < messages; i++)
        {
            byte[] head = Encoding.ASCII.GetBytes(
                $"Subject: m\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=o{i}\r\n\r\n--o{i}\r\nContent-Type: message/rfc822\r\n\r\n");
            mime = [.. head, .. mime, .. Encoding.ASCII.GetBytes($"\r\n--o{i}--\r\n")];
        }

        MapiItem item = MimeImport.Read(mime);
        (int depth, MapiItem last) = Descend(item);

        // A multipart in each message takes its part of the limit as well.
        Assert.InRange(depth, Limit / 2 - 1, Limit);
        Assert.Equal(messages < Limit / 2, depth == Limit);
        Assert.NotEmpty(Assert.Single(last.Attachments).Content!.ToArray());
        WriteEverywhere(item);
    }

    /// <summary>How many items lie in one, and the innermost.</summary>
    private static (int Depth, MapiItem Last) Descend(MapiItem item)
    {
        int depth = 0;
        for (; item.Attachments.FirstOrDefault(a => a.HasEmbeddedItem) is MapiAttachment attachment; depth++)
        {
            item = attachment.OpenEmbedded();
        }

        return (depth, item);
    }

    /// <summary>All that follows items into items.</summary>
    private static void WriteEverywhere(MapiItem item)
    {
        using MemoryStream json = new();
        Assert.Contains(JsonExport.Write(item, json), l => l.Kind == LossKind.NestedAttachment);
        using MemoryStream mime = new();
        Assert.Contains(MimeExport.Write(item, mime), l => l.Kind == LossKind.NestedAttachment);
        Assert.NotEmpty(ItemDigester.Exact(item).ToString());
        using Folder folder = new();
        using PstFileBuilder builder = PstFileBuilder.Create(folder.At("deep.pst"));
        builder.AddItem(builder.CreateFolder(builder.RootFolder, "x"), item);
        builder.Complete();
    }
}
