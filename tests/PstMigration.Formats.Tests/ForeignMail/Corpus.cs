using System.Text;
using PstMigration.Mapi;
using PstMigration.Tests;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Mail that went wrong in other programs, each file one kind of trouble, and more of each kind made from text.</summary>
internal static class Corpus
{
    public static MapiItem Read(string name, MimeImportOptions? options = null) => MimeImport.Read(File.ReadAllBytes(Path.Combine(TestData.Corpus, "mail", name)), options);

    /// <summary>Reads a message whose every character is one byte.</summary>
    public static MapiItem ReadText(string mime, MimeImportOptions? options = null) => MimeImport.Read(Bytes(mime), options);

    /// <summary>One byte for each character.</summary>
    public static byte[] Bytes(string text)
    {
        byte[] bytes = new byte[text.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)text[i];
        }

        return bytes;
    }

    public static string Text(MapiItem item) => (item.Properties.GetString(PropertyTags.Body) ?? "").TrimEnd();

    public static string? Html(MapiItem item) => item.Properties.GetBinary(PropertyTags.BodyHtml) is byte[] html
        ? CodePages.Get(item.Properties.GetInt32(PropertyTags.InternetCodepage) ?? 0).GetString(html)
        : null;

    public static string ContentOf(MapiAttachment attachment) => Encoding.UTF8.GetString(attachment.Content!.ToArray());
}
