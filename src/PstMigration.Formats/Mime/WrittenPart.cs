using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A part of a message on its way out: its headers, an empty line, its content. The text of a message and what holds it together are written as they stand; the library would make
/// objects of each header, and boundaries that are thrown away. Attachments are the library's.
/// </summary>
internal abstract class WrittenPart
{
    private protected static readonly byte[] s_lineEnd = [(byte)'\r', (byte)'\n'];

    /// <summary>Writes the part.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="isLast">Whether nothing comes behind it, so that its last line has to end.</param>
    /// <param name="cancellationToken">Stops.</param>
    public abstract void WriteTo(Stream target, bool isLast, CancellationToken cancellationToken);

    private protected static void Write(Stream target, string ascii)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(ascii);
        target.Write(bytes, 0, bytes.Length);
    }
}

/// <summary>A part the library writes.</summary>
internal sealed class LibraryPart(MimeEntity entity) : WrittenPart
{
    private static readonly FormatOptions s_format = MimeExport.Format();

    public override void WriteTo(Stream target, bool isLast, CancellationToken cancellationToken) => entity.WriteTo(s_format, target, cancellationToken);
}

/// <summary>A part of text, in base64 or as it is.</summary>
/// <param name="subtype">The type below <c>text</c>.</param>
/// <param name="charset">What its characters are in; null where nobody knows.</param>
/// <param name="parameters">What else its type says, as <c>; method=REQUEST</c>.</param>
internal sealed class WrittenText(string subtype, string? charset, string parameters = "") : WrittenPart
{
    /// <summary>ASCII in lines that end in CRLF, none of them too long; null for text that has to be encoded.</summary>
    public byte[]? Plain { get; init; }

    /// <summary>Text that is encoded.</summary>
    public BinarySource? Encoded { get; init; }

    public override void WriteTo(Stream target, bool isLast, CancellationToken cancellationToken)
    {
        string type = "Content-Type: text/" + subtype + (charset is null ? "" : "; charset=" + charset) + parameters;
        Write(target, type + "\r\nContent-Transfer-Encoding: " + (Plain is null ? "base64" : "7bit") + "\r\n\r\n");
        if (Plain is null)
        {
            new Base64Content(Encoded!).WriteTo(target, cancellationToken);
            return;
        }

        target.Write(Plain, 0, Plain.Length);
        if (isLast && !(Plain.Length > 0 && Plain[Plain.Length - 1] == '\n'))
        {
            target.Write(s_lineEnd, 0, s_lineEnd.Length);
        }
    }
}

/// <summary>Several parts in one (RFC 2046 5.1).</summary>
/// <param name="subtype">The type below <c>multipart</c>.</param>
/// <param name="boundary">What stands between the parts.</param>
/// <param name="parts">The parts.</param>
/// <param name="parameter">What else its type says, as <c>type="text/html"</c>; null where that is all.</param>
internal sealed class WrittenMultipart(string subtype, string boundary, IReadOnlyList<WrittenPart> parts, string? parameter) : WrittenPart
{
    public override void WriteTo(Stream target, bool isLast, CancellationToken cancellationToken)
    {
        Write(target, "Content-Type: multipart/" + subtype + "; boundary=\"" + boundary + "\"" + (parameter is null ? "" : ";\r\n\t" + parameter) + "\r\n\r\n");
        string delimiter = "--" + boundary;
        foreach (WrittenPart part in parts)
        {
            Write(target, delimiter + "\r\n");
            part.WriteTo(target, isLast: false, cancellationToken);
            target.Write(s_lineEnd, 0, s_lineEnd.Length);
        }

        Write(target, delimiter + "--\r\n");
    }
}
