using System.Diagnostics.CodeAnalysis;
using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The body of clear-signed mail: its single attachment is the whole MIME entity, Content-Type first ([MS-OXOSMIME]). It is
/// written byte by byte as it is; the slightest change would break the signature.
/// </summary>
internal static class SignedEntity
{
    private const string SignedSuffix = ".SMIME.MultipartSigned";
    private const int BytesToSniff = 8192;

    public static bool TryFind(MapiItem item, [NotNullWhen(true)] out BinarySource? entity)
    {
        entity = null;
        bool isSigned = item.MessageClass.EndsWith(SignedSuffix, StringComparison.OrdinalIgnoreCase)
            || item.IsOfClass("IPM.Note.Secure.Sign");
        if (!isSigned || item.Attachments.Count != 1 || item.Attachments[0].Method != AttachMethod.ByValue)
        {
            return false;
        }

        entity = item.Attachments[0].Content;
        return entity is not null && StartsWithSignedHeader(entity);
    }

    /// <summary>Whether a header describes the body and is rebuilt with it.</summary>
    public static bool IsOfBody(string field) =>
        field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !field.Equals("Content-Class", StringComparison.OrdinalIgnoreCase)
            && !field.Equals("Content-Language", StringComparison.OrdinalIgnoreCase)
        || field.Equals("MIME-Version", StringComparison.OrdinalIgnoreCase);

    private static bool StartsWithSignedHeader(BinarySource entity)
    {
        byte[] head = new byte[BytesToSniff];
        using Stream stream = entity.OpenRead();
        int length = stream.Fill(head);
        string text = Encoding.ASCII.GetString(head, 0, length);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        end = end < 0 ? text.IndexOf("\n\n", StringComparison.Ordinal) : end;
        string headers = "\n" + (end < 0 ? text : text.Substring(0, end));
        int type = headers.IndexOf("\nContent-Type:", StringComparison.OrdinalIgnoreCase);
        return type >= 0 && headers.IndexOf("multipart/signed", type, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
