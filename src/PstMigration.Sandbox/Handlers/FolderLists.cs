namespace PstMigration.Sandbox;

/// <summary>Lists of folders, and one folder as an answer.</summary>
internal static class FolderLists
{
    /// <summary>The children of a folder that are of its kind.</summary>
    public static GraphAnswer List(GraphCall call, FolderRow parent, FieldSet<FolderRow> fields, string context)
    {
        call.Query.Allow("$select", "$expand", "$filter", "$top", "$skip", "$count");
        Check(call, fields);
        (string condition, object?[] arguments) = Condition(call, parent);
        int size = ItemLists.PageSize(call);
        List<FolderRow> rows = call.Store.Folders.Select(condition, "f.number", call.Query.Skip, size + 1, arguments);
        bool more = rows.Count > size;
        long? total = call.Query.Count ? call.Store.Folders.Count(condition, arguments) : null;
        return call.Collection(
            context,
            more ? rows.Take(size) : rows,
            (body, row) => Write(call, body, row, fields),
            body => ItemLists.WriteLinks(call, body, total, more));
    }

    /// <summary>How many there are.</summary>
    public static GraphAnswer Count(GraphCall call, FolderRow parent)
    {
        call.Query.Allow("$filter");
        (string condition, object?[] arguments) = Condition(call, parent);
        return ItemLists.Number(call.Store.Folders.Count(condition, arguments));
    }

    /// <summary>One folder.</summary>
    public static GraphAnswer One(GraphCall call, System.Net.HttpStatusCode status, FolderRow folder, FieldSet<FolderRow> fields, string context)
    {
        call.Query.Allow("$select", "$expand");
        Check(call, fields);
        return call.Entity(status, context, body => Write(call, body, folder, fields));
    }

    /// <summary>Writes id and selected properties.</summary>
    public static void Write(GraphCall call, JsonBody body, FolderRow folder, FieldSet<FolderRow> fields)
    {
        body.Writer.WriteString("id", call.FolderId(folder.Number));
        fields.Write(call, body.Writer, folder, call.Query.Select);
        foreach (ExpandOption option in call.Query.Expand)
        {
            ExtendedProperties.Write(body, option, id => ExtendedProperties.Find(id, folder, call.Store), call.Behaviour);
        }
    }

    private static void Check(GraphCall call, FieldSet<FolderRow> fields)
    {
        fields.Check(call.Query.Select);
        if (call.Query.Expand.Any(e => !e.IsExtendedProperties))
        {
            throw GraphException.Query("Only extended properties can be expanded on folders.");
        }
    }

    private static (string Condition, object?[] Arguments) Condition(GraphCall call, FolderRow parent)
    {
        string condition = "f.parent = @0 AND f.class = @1" + (call.Query.IsTrue("includeHiddenFolders") ? "" : " AND f.hidden = 0");
        object?[] arguments = [parent.Number, parent.Class];
        if (call.Query.Filter is not string filter)
        {
            return (condition, arguments);
        }

        FilterSql sql = FilterParser.Parse(filter, FolderFields.Filters, arguments);
        return (condition + " AND " + sql.Sql, sql.Arguments.ToArray());
    }
}
