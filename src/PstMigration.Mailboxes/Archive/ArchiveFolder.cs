using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A folder of an archive. Their names are in the user's language; what they are for the service says of those Outlook made.</summary>
internal sealed record ArchiveFolder(string Id, FolderPath Path, FolderRole Role, string ContainerClass, int ItemCount)
{
    private const int Deepest = 300;

    private static readonly Dictionary<string, FolderRole> s_roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["calendar"] = FolderRole.Calendar,
        ["contacts"] = FolderRole.Contacts,
        ["tasks"] = FolderRole.Tasks,
        ["notes"] = FolderRole.Notes,
        ["journal"] = FolderRole.Journal,
    };

    /// <summary>All folders, parents before children.</summary>
    public static async IAsyncEnumerable<ArchiveFolder> ListAsync(ArchiveClient client, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Queue<(string? Id, FolderPath Path)> open = new([(null, FolderPath.Root)]);
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (open.Count > 0)
        {
            (string? parent, FolderPath path) = open.Dequeue();
            await foreach (JsonElement folder in client.FoldersAsync(parent, cancellationToken).ConfigureAwait(false))
            {
                if (ArchiveJson.Text(folder, "id") is not { Length: > 0 } id || !seen.Add(id))
                {
                    continue;
                }

                string? wellKnown = ArchiveJson.Text(folder, "wellKnownName");
                ArchiveFolder found = new(
                    id,
                    path.Append(ArchiveJson.Text(folder, "displayName") is { Length: > 0 } name ? name : id),
                    RoleOf(wellKnown),
                    ArchiveJson.Text(folder, "type") is { Length: > 0 } type ? type : FolderClasses.Mail,
                    (int)Math.Min(int.MaxValue, ArchiveJson.Number(folder, "totalItemCount") ?? 0));
                yield return found;

                // Its count of children is of this part of the archive alone; asking costs one request.
                if (found.Path.Names.Count < Deepest)
                {
                    open.Enqueue((id, found.Path));
                }
            }
        }
    }

    private static FolderRole RoleOf(string? wellKnown) => wellKnown is null ? FolderRole.None
        : s_roles.TryGetValue(wellKnown, out FolderRole role) ? role
        : WellKnownFolders.Mail.FirstOrDefault(w => string.Equals(w.Value, wellKnown, StringComparison.OrdinalIgnoreCase)).Key;
}
