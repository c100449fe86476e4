using System.Text;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes the body: HTML where there is any, else text; never both, the service makes the other one itself.</summary>
internal static class MessageBody
{
    public static ItemBody Write(MapiItem item, LossList losses)
    {
        if (item.Properties.GetBinary(PropertyTags.BodyHtml) is { Length: > 0 } html)
        {
            return new ItemBody { ContentType = BodyType.Html, Content = GraphText.Clean(Encoding.UTF8.GetString(html)) };
        }

        _ = losses;
        return new ItemBody { ContentType = BodyType.Text, Content = GraphText.Clean(item.Properties.GetString(PropertyTags.Body) ?? "") };
    }

    /// <summary>The body as plain text.</summary>
    public static string Text(MapiItem item) => item.Properties.GetString(PropertyTags.Body) ?? "";
}
