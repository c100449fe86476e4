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

    /// <summary>All that is no body, in its order; related parts belong to the HTML.</summary>
    public IReadOnlyList<(MimeEntity Part, bool IsRelated)> Attachments => _attachments;

    public static MimeStructure Of(MimeEntity? body)
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
                structure.Take(part, isRelated);
            }
        }

        return structure;
    }

    private void Take(MimeEntity part, bool isRelated)
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
        else
        {
            _attachments.Add((part, isRelated));
        }
    }
}
