using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>What a folder of the service holds.</summary>
internal enum GraphFolderKind
{
    /// <summary>Mail.</summary>
    Mail,

    /// <summary>Contacts.</summary>
    Contacts,

    /// <summary>Calendar items.</summary>
    Calendar,

    /// <summary>Tasks of To Do.</summary>
    Tasks,
}

/// <summary>A folder as the service lists it, with its place in the tree.</summary>
internal sealed record GraphFolder(
    string Id, GraphFolderKind Kind, FolderPath Path, FolderRole Role, int ItemCount, int? UnreadCount, long? Size)
{
    /// <summary>Whether people do not see it.</summary>
    public bool IsHidden { get; init; }

    public string ContainerClass => ClassOf(Kind);

    /// <summary>The container class of a kind.</summary>
    public static string ClassOf(GraphFolderKind kind) => kind switch
    {
        GraphFolderKind.Contacts => FolderClasses.Contacts,
        GraphFolderKind.Calendar => FolderClasses.Calendar,
        GraphFolderKind.Tasks => FolderClasses.Tasks,
        _ => FolderClasses.Mail,
    };

    /// <summary>What folders of a class and role hold; null for what the service cannot be given here: notes, journals.</summary>
    public static GraphFolderKind? KindOf(FolderRole role, string containerClass) => role switch
    {
        FolderRole.Contacts => GraphFolderKind.Contacts,
        FolderRole.Calendar => GraphFolderKind.Calendar,
        FolderRole.Tasks => GraphFolderKind.Tasks,
        FolderRole.Notes or FolderRole.Journal => null,
        _ when MessageClasses.IsOfClass(containerClass, FolderClasses.Contacts) => GraphFolderKind.Contacts,
        _ when MessageClasses.IsOfClass(containerClass, FolderClasses.Calendar) => GraphFolderKind.Calendar,
        _ when MessageClasses.IsOfClass(containerClass, FolderClasses.Tasks) => GraphFolderKind.Tasks,
        _ when MessageClasses.IsOfClass(containerClass, FolderClasses.Notes) || MessageClasses.IsOfClass(containerClass, FolderClasses.Journal) => null,
        _ => GraphFolderKind.Mail,
    };
}
