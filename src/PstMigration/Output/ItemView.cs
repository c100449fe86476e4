using System.Management.Automation;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>
/// The view of items out of folders of one kind: a calendar shows times and places, contacts show addresses. PowerShell chooses a view
/// by type name and keeps to it, so that all items of one call get the same.
/// </summary>
internal sealed class ItemView
{
    private static readonly (string Family, string Name)[] s_views =
    [
        (FolderClasses.Calendar, "Calendar"),
        (FolderClasses.Contacts, "Contacts"),
        (FolderClasses.Tasks, "Tasks"),
        (FolderClasses.Notes, "Notes"),
        (FolderClasses.Journal, "Journal"),
    ];

    private readonly string? _typeName;

    private ItemView(string? name) => _typeName = name is null ? null : typeof(PstItemInfo).FullName + "#" + name;

    /// <summary>The view that fits all items.</summary>
    internal static ItemView General { get; } = new(null);

    /// <summary>The view that fits the folders.</summary>
    internal static ItemView Of(IReadOnlyCollection<PstFolder> folders)
    {
        string?[] names = [.. folders.Select(f => Find(f.ContainerClass)).Distinct()];
        return names.Length == 1 && names[0] is string name ? new ItemView(name) : General;
    }

    /// <summary>The item as it is to be written.</summary>
    internal object AddTo(object item)
    {
        if (_typeName is null)
        {
            return item;
        }

        PSObject wrapped = PSObject.AsPSObject(item);
        wrapped.TypeNames.Insert(0, _typeName);
        return wrapped;
    }

    private static string? Find(string containerClass) =>
        s_views.Where(v => MessageClasses.IsOfClass(containerClass, v.Family)).Select(v => v.Name).FirstOrDefault();
}
