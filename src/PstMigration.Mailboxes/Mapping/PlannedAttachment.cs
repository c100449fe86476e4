using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An attachment as it will be sent: a file or an item.</summary>
internal sealed class PlannedAttachment
{
    private readonly OutlookItem? _item;
    private readonly long _size;

    /// <summary>A file.</summary>
    public PlannedAttachment(string name, BinarySource content)
    {
        Name = name;
        Content = content;
        // Base64, and room for the other fields.
        _size = content.Measure();
        JsonSize = (_size / 3 * 4) + 1024;
    }

    /// <summary>An embedded item.</summary>
    public PlannedAttachment(string name, OutlookItem item, long jsonSize)
    {
        Name = name;
        _item = item;
        JsonSize = jsonSize + 1024;
    }

    public string Name { get; }

    /// <summary>The bytes of a file; null for an item.</summary>
    public BinarySource? Content { get; }

    /// <summary>About what it adds to a request.</summary>
    public long JsonSize { get; }

    public string? ContentType { get; init; }

    public string? ContentId { get; init; }

    public string? ContentLocation { get; init; }

    public bool IsInline { get; init; }

    /// <summary>Whether it can travel inside JSON; otherwise it is uploaded.</summary>
    public bool FitsJson => Content is null || _size < SizeLimits.InlineAttachment;

    /// <summary>The service's attachment, with its bytes read.</summary>
    public Attachment ToModel()
    {
        if (Content is null)
        {
            return new ItemAttachment { Name = Name, IsInline = IsInline, Item = _item };
        }

        FileAttachment file = new() { Name = Name, IsInline = IsInline, ContentBytes = Content.ToArray() };
        if (ContentType is not null)
        {
            file.ContentType = ContentType;
        }

        if (ContentId is not null)
        {
            file.ContentId = ContentId;
        }

        if (ContentLocation is not null)
        {
            file.ContentLocation = ContentLocation;
        }

        return file;
    }

    /// <summary>What an upload session is opened with.</summary>
    public AttachmentItem ToUpload()
    {
        AttachmentItem upload = new()
        {
            AttachmentType = AttachmentType.File,
            Name = Name,
            IsInline = IsInline,
            Size = Content is not null ? _size : throw new InvalidOperationException("An item is not uploaded."),
        };
        if (ContentType is not null)
        {
            upload.ContentType = ContentType;
        }

        if (ContentId is not null)
        {
            upload.ContentId = ContentId;
        }

        return upload;
    }
}
