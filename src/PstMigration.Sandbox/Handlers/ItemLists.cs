using System.Globalization;
using System.Net;
using System.Text;

namespace PstMigration.Sandbox;

/// <summary>Lists of items: condition, order, pages and the link to the next one. The same for messages and contacts.</summary>
internal static class ItemLists
{
    private const int DefaultPage = 10;
    private const int LargestPage = 1000;

    /// <summary>Items per page: <c>$top</c>, else <c>Prefer: odata.maxpagesize</c>, else the resource's own number.</summary>
    public static int PageSize(GraphCall call, int byDefault = DefaultPage) => call.Query.Top
        ?? (int.TryParse(call.Request.Preference("odata.maxpagesize"), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0
            ? Math.Min(size, LargestPage)
            : byDefault);

    /// <summary>The page of items a query asks for; of a kind, or of all kinds.</summary>
    public static (List<MailItem> Items, long? Total, bool More) Select(
        GraphCall call, ItemKind? kind, FolderRow? folder, IReadOnlyDictionary<string, FilterTarget> filters, string defaultOrder)
    {
        call.Query.Allow("$select", "$expand", "$filter", "$orderby", "$top", "$skip", "$count");
        (string condition, object?[] arguments, IReadOnlyList<string> names) = Condition(call, kind, folder, filters);
        string order = Order(call, filters, names, defaultOrder);
        int size = PageSize(call);
        List<MailItem> items = call.Store.Items.Select(condition, order, call.Query.Skip, size + 1, arguments);
        bool more = items.Count > size;
        return (more ? items.GetRange(0, size) : items, call.Query.Count ? call.Store.Items.Count(condition, arguments) : null, more);
    }

    /// <summary>Writes what stands around a page.</summary>
    public static void WriteLinks(GraphCall call, JsonBody body, long? total, bool more)
    {
        if (total is long count)
        {
            body.Writer.WriteNumber("@odata.count", count);
        }

        if (more)
        {
            long next = call.Query.Skip + PageSize(call);
            body.Writer.WriteString("@odata.nextLink", call.LinkWith("$skip", next.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>The number of items as text, as /$count gives it.</summary>
    public static GraphAnswer Count(GraphCall call, ItemKind kind, FolderRow? folder, IReadOnlyDictionary<string, FilterTarget> filters)
    {
        call.Query.Allow("$filter");
        (string condition, object?[] arguments, _) = Condition(call, kind, folder, filters);
        return Number(call.Store.Items.Count(condition, arguments));
    }

    /// <summary>A number as a plain text answer.</summary>
    public static GraphAnswer Number(long number) => new(
        HttpStatusCode.OK, AnswerBody.FromBytes("text/plain", Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture))));

    private static (string Condition, object?[] Arguments, IReadOnlyList<string> Names) Condition(
        GraphCall call, ItemKind? kind, FolderRow? folder, IReadOnlyDictionary<string, FilterTarget> filters)
    {
        List<object?> arguments = [(int?)kind];
        string condition = kind is null ? MailboxItemHandlers.InFolders : "i.kind = @0";
        if (folder is not null)
        {
            arguments.Add(folder.Number);
            condition += " AND i.folder = @1";
        }
        else if (kind == ItemKind.Message && !call.Behaviour.ListsRecoverableItems)
        {
            arguments.Add(call.FindFolder("recoverableitemsdeletions", ItemKind.Message).Number);
            condition += " AND i.folder <> @1";
        }

        if (call.Query.Filter is not string filter)
        {
            return (condition, arguments.ToArray(), []);
        }

        // The index that answers filters lags behind the mailbox.
        condition += " AND i.visible_from <= @" + arguments.Count.ToString(CultureInfo.InvariantCulture);
        arguments.Add(call.Store.Now);
        FilterSql sql = FilterParser.Parse(filter, filters, arguments.ToArray());
        return (condition + " AND " + sql.Sql, sql.Arguments.ToArray(), sql.Names);
    }

    private static string Order(GraphCall call, IReadOnlyDictionary<string, FilterTarget> filters, IReadOnlyList<string> filtered, string defaultOrder)
    {
        if (call.Query.OrderBy is not string text)
        {
            return defaultOrder;
        }

        List<string> order = [];
        foreach (string part in text.Split(','))
        {
            string[] words = part.Trim().Split([' '], StringSplitOptions.RemoveEmptyEntries);
            string? sql = words.Length is 1 or 2 && filters.TryGetValue(words[0], out FilterTarget? target) ? target.OrderSql : null;
            if (sql is null || (words.Length == 2 && words[1] is not ("asc" or "desc")))
            {
                throw GraphException.Query($"The $orderby expression '{part.Trim()}' is not supported.");
            }

            // api/user-list-messages: what is sorted by must be filtered by first, in the same order.
            if (call.Behaviour.RefusesUnfilteredSort && call.Query.Filter is not null && !string.Equals(filtered.ElementAtOrDefault(order.Count), words[0], StringComparison.Ordinal))
            {
                throw GraphException.BadRequest("InefficientFilter", "The restriction or sort order is too complex for this operation.");
            }

            order.Add(sql + (words.Length == 2 ? " " + words[1] : ""));
        }

        return string.Join(", ", order) + ", i.number";
    }
}
