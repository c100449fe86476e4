using System.Collections.Generic;
using System.Linq;
using MimeKit;

namespace PstMigration.Formats;

/// <summary>
/// Tells body from attachments: the first text and the first HTML a reader would show, what is shown inside the HTML, and
/// the rest. Parts are walked with a stack of its own.
/// </summary>
internal sealed class MimeStructure
{
    private readonly List<(MimeEntity Part, bool IsRelated)> _attachments = [];

    public TextPart? Text { get; private set; }

    public TextPart? Html { get; private set; }

    /// <summary>RTF the HTML was made from; null but in files of this project.</summary>
    public MimePart? Rtf { get; private set; }

    /// <summary>All that is no body, in its order; related parts belong to the HTML.</summary>
    public IReadOnlyList<(MimeEntity Part, bool IsRelated)> Attachments => _attachments;

    /// <summary>Walks a message.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="isFromOwnFile">Whether RTF beside HTML is what the HTML was made from; elsewhere it is an attachment.</param>
    public static MimeStructure Of(MimeEntity? body, bool isFromOwnFile = false)
    {
        MimeStructure structure = new();
        Stack<(MimeEntity Part, bool IsRelated)> open = new();
        if (body is not null)
        {
            open.Push((body, false));
        }

        while (open.Count > 0)
        {
            (MimeEntity part, bool isRelated) = open.Pop();
            if (part is Multipart multipart)
            {
                bool isRoot = multipart is MultipartRelated;
                MimeEntity? root = (multipart as MultipartRelated)?.Root;
                foreach (MimeEntity child in multipart.Reverse())
                {
                    open.Push((child, isRelated || (isRoot && child != root)));
                }
            }
            else
            {
                structure.Take(part, isRelated, isFromOwnFile);
            }
        }

        if (structure is { Rtf: MimePart alone, Html: null })
        {
            structure._attachments.Insert(0, (alone, false));
            structure.Rtf = null;
        }

        return structure;
    }

    private void Take(MimeEntity part, bool isRelated, bool isFromOwnFile)
    {
        bool isNamed = part.ContentDisposition?.FileName is { Length: > 0 } || part.ContentType.Name is { Length: > 0 };
        bool canBeBody = part is TextPart && part.ContentDisposition?.IsAttachment != true && !isNamed && !isRelated;
        if (canBeBody && part is TextPart { IsHtml: true } html && Html is null)
        {
            Html = html;
        }
        else if (canBeBody && part is TextPart { IsPlain: true } text && Text is null && Html is null)
        {
            Text = text;
        }
        else if (canBeBody && isFromOwnFile && part is MimePart rtf && part.ContentType.IsMimeType("application", "rtf") && Rtf is null && Html is null)
        {
            Rtf = rtf;
        }
        else if (Rtf is not null && part.Headers.Contains(OwnHeaders.InRtf))
        {
            // The RTF has it.
        }
        else
        {
            _attachments.Add((part, isRelated));
        }
    }
}
