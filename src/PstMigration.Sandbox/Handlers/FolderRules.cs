using System.Net;

namespace PstMigration.Sandbox;

/// <summary>What holds for folders of every kind.</summary>
internal static class FolderRules
{
    /// <summary>Makes a folder; 409 where the parent has one of that name.</summary>
    public static FolderRow Create(GraphCall call, FolderRow parent, string? name, bool hidden, string? @class = null)
    {
        string checkedName = CheckName(name);
        CheckFree(call, parent.Number, checkedName, 0);
        FolderRow folder = call.Store.Folders.Insert(parent.Number, checkedName, null, @class ?? parent.Class, hidden);
        SetProperties(call, folder);
        return folder;
    }

    /// <summary>Stores the extended properties a request gives.</summary>
    public static void SetProperties(GraphCall call, FolderRow folder)
    {
        PropertyMap properties = new();
        ExtendedProperties.ReadAll(call.Body, properties);
        call.Store.Properties.Write(-folder.Number, properties);
    }

    /// <summary>Names a folder anew.</summary>
    public static FolderRow Rename(GraphCall call, FolderRow folder, string? name)
    {
        RefuseDistinguished(folder, "renamed");
        string checkedName = CheckName(name);
        CheckFree(call, folder.Parent, checkedName, folder.Number);
        return call.Store.Folders.Rename(folder, checkedName);
    }

    /// <summary>Puts a folder below another.</summary>
    public static FolderRow Move(GraphCall call, FolderRow folder, FolderRow destination)
    {
        RefuseDistinguished(folder, "moved");
        if (call.Store.Folders.IsWithin(destination.Number, folder.Number))
        {
            throw GraphException.BadRequest("ErrorMoveCopyFailed", "A folder cannot be moved into itself.");
        }

        CheckFree(call, destination.Number, folder.Name, folder.Number);
        return call.Store.Folders.Move(folder, destination.Number);
    }

    /// <summary>Takes a folder away for good, unless it is one every mailbox has.</summary>
    public static GraphAnswer Delete(GraphCall call, FolderRow folder)
    {
        RefuseDistinguished(folder, "deleted");
        call.Store.Folders.Delete(folder);
        return GraphAnswer.NoContent;
    }

    /// <summary>Refuses to touch a folder every mailbox has.</summary>
    public static void RefuseDistinguished(FolderRow folder, string what)
    {
        if (folder.WellKnown is not null)
        {
            throw new GraphException(HttpStatusCode.Forbidden, "ErrorDeleteDistinguishedFolder", $"Distinguished folders cannot be {what}.");
        }
    }

    private static string CheckName(string? name) => string.IsNullOrEmpty(name)
        ? throw GraphException.BadRequest("ErrorFolderSave", "The folder name is missing or empty.")
        : name!;

    private static void CheckFree(GraphCall call, long parent, string name, long self)
    {
        if (call.Store.Folders.FindChild(parent, name) is FolderRow other && other.Number != self)
        {
            throw new GraphException(HttpStatusCode.Conflict, "ErrorFolderExists", "A folder with the specified name already exists.");
        }
    }
}
