using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The body as the service takes it: HTML where there is any, else text; never both, the service makes the other itself.</summary>
/// <param name="Model">The body.</param>
/// <param name="Pictures">Pictures it shows that were part of its RTF; they travel as attachments, because the service strips <c>data:</c> links.</param>
internal sealed record MessageBody(Microsoft.Graph.Models.ItemBody Model, IReadOnlyList<RtfPicture> Pictures)
{
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

        string content = body.Html ?? body.Text ?? "";
        string clean = GraphText.Clean(content);
        if (!ReferenceEquals(clean, content))
        {
            losses.Add(LossKind.TextChanged, "Body");
        }

        Microsoft.Graph.Models.ItemBody model = new() { ContentType = body.Html is null ? BodyType.Text : BodyType.Html, Content = clean };
        return new MessageBody(model, body.Pictures);
    }
}
