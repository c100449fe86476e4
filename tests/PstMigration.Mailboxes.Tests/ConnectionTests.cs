using System.Diagnostics;
using System.Net.Http;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;
using static PstMigration.Mailboxes.Tests.ScriptedHandler;

namespace PstMigration.Mailboxes.Tests;

public sealed class ConnectionTests
{
    private readonly FakeTimeProvider _clock = Clock.Create();

    [Fact]
    public void No_type_of_the_client_stands_in_a_public_signature()
    {
        List<string> found = [];
        foreach (Type type in typeof(GraphMailboxConnection).Assembly.GetExportedTypes())
        {
            foreach (MemberInfo member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                IEnumerable<Type> types = member switch
                {
                    MethodBase method when method.IsPublic || method.IsFamily => method.GetParameters().Select(p => p.ParameterType)
                        .Append((method as MethodInfo)?.ReturnType ?? typeof(void)),
                    FieldInfo field when field.IsPublic || field.IsFamily => [field.FieldType],
                    _ => [],
                };
                found.AddRange(types.SelectMany(Parts).Where(IsOfClient).Select(t => type.Name + "." + member.Name + ": " + t.FullName));
            }
        }

        Assert.Empty(found);
        static IEnumerable<Type> Parts(Type type) => type.GetGenericArguments().SelectMany(Parts).Append(type);
        static bool IsOfClient(Type type) => type.Assembly.GetName().Name is string name
            && (name.StartsWith("Microsoft.Graph", StringComparison.Ordinal) || name.StartsWith("Microsoft.Kiota", StringComparison.Ordinal)
                || name.StartsWith("Azure.", StringComparison.Ordinal));
    }

#if NET
    [Fact]
    public void Opening_a_connection_loads_nothing_of_the_client()
    {
        System.Runtime.Loader.AssemblyLoadContext context = new("fresh", isCollectible: true);
        string folder = AppContext.BaseDirectory;
        context.Resolving += (c, name) => File.Exists(Path.Combine(folder, name.Name + ".dll")) ? c.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")) : null;
        Assembly assembly = context.LoadFromAssemblyPath(typeof(GraphMailboxConnection).Assembly.Location);
        Type optionsType = assembly.GetType(typeof(MailboxConnectionOptions).FullName!)!;
        object options = Activator.CreateInstance(optionsType)!;
        optionsType.GetProperty(nameof(MailboxConnectionOptions.Address))!.SetValue(options, "a@b.example");

        object connection = assembly.GetType(typeof(GraphMailboxConnection).FullName!)!.GetMethod(nameof(GraphMailboxConnection.Open))!.Invoke(null, [options])!;
        Assert.Equal("a@b.example", connection.GetType().GetProperty(nameof(GraphMailboxConnection.Address))!.GetValue(connection));
        ((IDisposable)connection).Dispose();

        Assert.DoesNotContain(context.Assemblies, a => a.GetName().Name!.StartsWith("Microsoft.", StringComparison.Ordinal) && a.GetName().Name != "Microsoft.Bcl.TimeProvider");
        context.Unload();
    }
#endif

    [Fact]
    public async Task The_mailbox_is_known_by_the_services_id()
    {
        ScriptedHandler service = new(Answer(200, """{"id":"0017","displayName":"Anna","mail":"anna@contoso.example"}"""));
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(Connections.Options(service, _clock));

        IItemSource source = await connection.OpenSourceAsync(null, CancellationToken.None);
        IItemSource again = await connection.OpenSourceAsync(null, CancellationToken.None);

        Assert.Equal(("graph:0017", "graph:0017"), (source.StoreKey, again.StoreKey));
        Assert.Equal(("anna@contoso.example", "Anna"), (connection.Address, connection.DisplayName));
        Assert.Single(service.Asked);
        Assert.StartsWith("/v1.0/users/user", service.Asked[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_to_read_users_the_address_stands_in()
    {
        ScriptedHandler service = new(Error(403, "Authorization_RequestDenied"), Answer(200, """{"id":"AAMk1"}"""));
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(Connections.Options(service, _clock, address: "Anna@Contoso.example"));

        IItemSource source = await connection.OpenSourceAsync(null, CancellationToken.None);

        Assert.Equal("graph:anna@contoso.example", source.StoreKey);
        Assert.EndsWith("/mailFolders/inbox", service.Asked[1].Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", "MailboxSignInLost")]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", "MailboxNotFound")]
    [InlineData(404, "Request_ResourceNotFound", "MailboxNotFound")]
    public async Task What_stands_in_the_way_has_a_stable_id(int status, string code, string id)
    {
        ScriptedHandler service = new(Error(status, code, "said by the service"));
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(Connections.Options(service, _clock));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => connection.GetInfoAsync(null, CancellationToken.None));

        Assert.Equal(id, e.Id);
        Assert.Contains("said by the service", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_an_error_with_an_id()
    {
        ScriptedHandler service = new(Answer(200, "<html>proxy</html>"));
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(Connections.Options(service, _clock));

        MailboxException e = await Assert.ThrowsAnyAsync<MailboxException>(() => connection.GetInfoAsync(null, CancellationToken.None));

        Assert.Equal("BadAnswer", e.Id);
    }

    [Fact]
    public async Task A_closed_connection_says_so()
    {
        GraphMailboxConnection connection = GraphMailboxConnection.Open(Connections.Options(new ScriptedHandler(Answer(200)), _clock));
        connection.Dispose();
        connection.Dispose();

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => connection.GetInfoAsync(null, CancellationToken.None));

        Assert.Equal(("MailboxDisconnected", true), (e.Id, e.EndsRun));
    }

    [Fact]
    public async Task A_create_whose_answer_is_garbage_is_looked_up()
    {
        List<string> posts = [];
        ScriptedHandler service = new(asked => asked switch
        {
            { Method: "POST" } => Post(asked),
            _ when asked.Address.Query.Contains("internetMessageId", StringComparison.Ordinal) => Answer(200, Found("m1"))(asked),
            _ when asked.Path.EndsWith("/messages", StringComparison.Ordinal) => Answer(200, """{"value":[]}""")(asked),
            _ when asked.Path.EndsWith("/messages/m1", StringComparison.Ordinal) => Answer(200, """{"id":"m1"}""")(asked),
            _ when asked.Path.Contains("contactFolders", StringComparison.Ordinal) => Answer(200, """{"value":[]}""")(asked),
            _ => Answer(200, """{"id":"x"}""")(asked),
        });
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(Connections.Options(service, _clock));
        await using IItemTarget target = await _clock.RunAsync(connection.OpenTargetAsync(null, CancellationToken.None));
        TargetFolder inbox = await _clock.RunAsync(target.OpenFolderAsync(FolderPath.Parse("Inbox"), FolderRole.Inbox, "IPF.Note", CancellationToken.None));

        WriteResult result = await _clock.RunAsync(target.WriteAsync(inbox, Items.Mail(), Items.Provenance(), CancellationToken.None));

        Assert.Equal((ItemFate.Copied, "m1"), (result.Fate, result.TargetKey!.Value.Id));
        string body = Assert.Single(posts);
        Assert.DoesNotContain(":null", body, StringComparison.Ordinal);
        Assert.Contains("こんにちは", body, StringComparison.Ordinal);

        HttpResponseMessage Post(Asked asked)
        {
            posts.Add(asked.Body);
            return Answer(201, "{\"id\":")(asked);
        }

        static string Found(string id) => $$$"""
            {"value":[{"id":"{{{id}}}","singleValueExtendedProperties":[{"id":"String {00020329-0000-0000-c000-000000000046} Name PstMigrationMarker","value":"{{{Items.Provenance().Marker!.Value.Value}}}"}]}]}
            """;
    }

    [Fact]
    public async Task Ten_thousand_items_are_listed_without_asking_for_one()
    {
        const int Pages = 20;
        ScriptedHandler service = new(asked => asked.Path.EndsWith("/messages", StringComparison.Ordinal)
            ? Answer(200, Page(int.TryParse(asked.Address.Query.Split(["skip="], StringSplitOptions.None).ElementAtOrDefault(1), out int page) ? page : 0))(asked)
            : Answer(200, """{"id":"u"}""")(asked));
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(Connections.Options(service, _clock));
        await using IItemSource source = await connection.OpenSourceAsync(null, CancellationToken.None);
        SourceFolder folder = new(new ItemKey(source.StoreKey, "f"), FolderPath.Parse("Inbox"), FolderRole.Inbox, "IPF.Note", 10_000);
        Stopwatch watch = Stopwatch.StartNew();
        HashSet<ItemVersion?> versions = [];
        int count = 0;

        await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
        {
            versions.Add(item.Version);
            Assert.True(item.Summary.IsComplete);
            Assert.Equal((2_000L, "Anna"), (item.Summary.Size, item.Summary.Sender));
            count++;
        }

        Assert.Equal((10_000, 10_000, Pages + 1), (count, versions.Count, service.Asked.Count));
        Assert.All(service.Asked.Skip(1), a => Assert.EndsWith("/messages", a.Path, StringComparison.Ordinal));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);

        static string Page(int page)
        {
            string items = string.Join(",", Enumerable.Range(page * 500, 500).Select(i => $$"""
                {"id":"m{{i}}","changeKey":"k{{i}}","subject":"s","isRead":true,"from":{"emailAddress":{"name":"Anna","address":"a@b.example"} },
                "receivedDateTime":"2024-01-01T00:00:00Z","singleValueExtendedProperties":[{"id":"String 0x1a","value":"IPM.Note"},{"id":"Integer 0xe08","value":"2000"}]}
                """));
            string next = page + 1 < Pages ? $""","@odata.nextLink":"https://graph.microsoft.com/v1.0/users/x/mailFolders/f/messages?skip={page + 1}" """ : "";
            return "{\"value\":[" + items + "]" + next + "}";
        }
    }

    [Fact]
    public async Task Attachments_of_an_embedded_message_come_from_its_mime()
    {
        const string Mime = "Subject: Inner\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n--x\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=deep.bin\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID\r\n--x--\r\n";
        ScriptedHandler service = new(asked => asked.Path switch
        {
            string p when p.EndsWith("/attachments/a1/$value", StringComparison.Ordinal) => new HttpResponseMessage { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(Mime)) },
            string p when p.EndsWith("/attachments/a1", StringComparison.Ordinal) => Answer(200, """{"@odata.type":"#microsoft.graph.itemAttachment","id":"a1","name":"Inner","item":{"@odata.type":"#microsoft.graph.message","subject":"Inner","hasAttachments":true,"body":{"contentType":"text","content":"hi"}}}""")(asked),
            string p when p.EndsWith("/attachments", StringComparison.Ordinal) => Answer(200, """{"value":[{"@odata.type":"#microsoft.graph.itemAttachment","id":"a1","name":"Inner","size":9}]}""")(asked),
            string p when p.EndsWith("/messages/m1", StringComparison.Ordinal) => Answer(200, """{"id":"m1","subject":"Outer","hasAttachments":true}""")(asked),
            string p when p.EndsWith("/messages", StringComparison.Ordinal) => Answer(200, """{"value":[{"id":"m1","subject":"Outer"}]}""")(asked),
            _ => Answer(200, """{"id":"u"}""")(asked),
        });
        using GraphMailboxConnection connection = GraphMailboxConnection.Open(Connections.Options(service, _clock));
        await using IItemSource source = await connection.OpenSourceAsync(null, CancellationToken.None);
        SourceFolder folder = new(new ItemKey(source.StoreKey, "f"), FolderPath.Parse("Inbox"), FolderRole.Inbox, "IPF.Note", 1);
        List<SourceItem> listed = [];
        await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
        {
            listed.Add(item);
        }

        MapiItem outer = await Assert.Single(listed).OpenAsync(CancellationToken.None);
        MapiItem inner = Assert.Single(outer.Attachments).OpenEmbedded();

        Assert.Equal("Inner", inner.Subject);
        MapiAttachment deep = Assert.Single(inner.Attachments);
        Assert.Equal(("deep.bin", "010203"), (deep.Name, Hex.Lower(deep.Content!.ToArray())));
    }
}
