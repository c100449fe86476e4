using System.Text;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The body as the service takes it: HTML where there is any, else text; never both, the service makes the other itself.</summary>
/// <param name="Model">The body.</param>
/// <param name="Pictures">Pictures it shows that were part of its RTF; they travel as attachments, because the service strips <c>data:</c> links.</param>
internal sealed record MessageBody(Microsoft.Graph.Models.ItemBody Model, IReadOnlyList<RtfPicture> Pictures)
{
    /// <summary>Characters that are shown of a body no request has room for.</summary>
    public const int ShownText = 100_000;

    /// <summary>The body as a file, where it is too large to be held as a whole; <see cref="Model"/> shows how it begins then.</summary>
    public PlannedAttachment? Whole { get; private init; }

    /// <summary>Reads an item's body.</summary>
    /// <param name="item">The item.</param>
    /// <param name="canAttach">Whether pictures can travel as attachments; otherwise they stay inside the HTML.</param>
    /// <param name="losses">Takes what the conversion costs.</param>
    public static MessageBody Read(MapiItem item, bool canAttach, LossList losses)
    {
        Mapi.ItemBody body = BodyText.Read(item, new RtfToHtmlOptions { EmbedPictures = !canAttach });
        losses.AddAll(body);
        if (body.Native == BodyFormat.Rtf)
        {
            losses.Add(LossKind.RtfFidelity, "Body");
        }

        if (body.IsLarge)
        {
            return ReadLarge(body, canAttach, losses);
        }

        string content = body.Html ?? body.Text ?? "";
        string clean = GraphText.Clean(content);
        if (!ReferenceEquals(clean, content))
        {
            losses.Add(LossKind.TextChanged, "Body");
        }

        Microsoft.Graph.Models.ItemBody model = new() { ContentType = body.Html is null ? BodyType.Text : BodyType.Html, Content = clean };
        return new MessageBody(model, body.Pictures);
    }

    private static MessageBody ReadLarge(Mapi.ItemBody body, bool canAttach, LossList losses)
    {
        string begin = body.LargeText is BinarySource text ? Begin(text) : body.Text ?? "";
        PlannedAttachment? whole = !canAttach ? null : body.LargeHtml is BinarySource html ? Html(html, body.LargeHtmlEncoding) : Text(body.LargeText!);
        whole = whole?.Content!.IsLongerThan(SizeLimits.Attachment) == true ? null : whole;
        losses.Add(whole is null ? LossKind.TooLarge : LossKind.TextChanged, "Body");
        Microsoft.Graph.Models.ItemBody model = new() { ContentType = BodyType.Text, Content = GraphText.Shorten(GraphText.Clean(begin), ShownText) };
        return new MessageBody(model, []) { Whole = whole };
    }

    private static PlannedAttachment Text(BinarySource utf16) =>
        new("body.txt", new TranscodedSource(utf16, Encoding.Unicode, new UTF8Encoding(false))) { ContentType = "text/plain; charset=utf-8" };

    private static PlannedAttachment Html(BinarySource html, Encoding? encoding) =>
        new("body.html", html) { ContentType = encoding is null ? "text/html" : "text/html; charset=" + encoding.WebName };

    private static string Begin(BinarySource utf16)
    {
        using StreamReader reader = new(utf16.OpenRead(), Encoding.Unicode);
        char[] begin = new char[ShownText];
        return new string(begin, 0, reader.ReadBlock(begin, 0, begin.Length));
    }
}
