namespace PstMigration.Mapi;

/// <summary>One kind of file or directory that holds items: how it is told, opened to copy from, and opened to copy to.</summary>
/// <param name="id">Its name in commands and results, such as Eml.</param>
/// <param name="extensions">The extensions of its files, with the dot; the first is given to new ones.</param>
public abstract class ItemFormat(string id, params string[] extensions)
{
    /// <summary>Its name in commands and results, such as Eml; compared without case.</summary>
    public string Id { get; } = id;

    /// <summary>The extensions of its files, with the dot; the first is given to new ones.</summary>
    public IReadOnlyList<string> Extensions { get; } = extensions;

    /// <summary>Whether items can be copied from it.</summary>
    public virtual bool CanRead => false;

    /// <summary>Whether items can be copied to it.</summary>
    public virtual bool CanWrite => false;

    /// <summary>Whether a new one is a single file with the first of <see cref="Extensions"/>; otherwise a directory.</summary>
    public virtual bool IsOneFile => false;

    /// <summary>Whether what is at a path is of this kind.</summary>
    /// <param name="path">The full path of something that exists.</param>
    /// <exception cref="MailDataException">It cannot be looked at.</exception>
    public virtual bool Detect(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens what is at a path, to copy from it.</summary>
    /// <exception cref="MailDataException">It cannot be opened.</exception>
    /// <exception cref="NotSupportedException">Not <see cref="CanRead"/>.</exception>
    public virtual IItemSource OpenSource(string path, ItemSourceOptions options) => throw new NotSupportedException();

    /// <summary>Opens a path to copy to it, making what is missing.</summary>
    /// <exception cref="MailDataException">It cannot be opened.</exception>
    /// <exception cref="NotSupportedException">Not <see cref="CanWrite"/>.</exception>
    public virtual IItemTarget OpenTarget(string path, ItemTargetOptions options) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>How a source is read.</summary>
public sealed record ItemSourceOptions
{
    /// <summary>The code page of 8-bit text, whatever the source says; null to find out.</summary>
    public int? CodePage { get; init; }

    /// <summary>Whether what is left of damaged items is read too.</summary>
    public bool AcceptDamage { get; init; }

    /// <summary>Whether folders that people do not see are read too.</summary>
    public bool IncludeHidden { get; init; }

    /// <summary>What the labels people gave to their mail in Gmail become.</summary>
    public GmailLabelUse GmailLabels { get; init; }
}

/// <summary>What the labels people gave to their mail in Gmail become. What Gmail itself calls Inbox, Sent, Drafts, Trash and Spam is a folder either way.</summary>
public enum GmailLabelUse
{
    /// <summary>Categories of the item.</summary>
    Category,

    /// <summary>The folder of an item that is in none of Gmail's own: its first label. The others become categories.</summary>
    Folder,
}

/// <summary>How a target is written.</summary>
public sealed record ItemTargetOptions
{
    /// <summary>Whether existing items are rewritten.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether values that people cannot read are written too, where the format has a choice.</summary>
    public bool IncludeBinary { get; init; }

    /// <summary>The zone of the times in names and headings.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
