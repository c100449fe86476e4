using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>
/// Changes a file at random and a <see cref="StoreModel"/> alike, with commits, reopenings and abandoned changes in between, and tells where
/// they differ.
/// </summary>
internal sealed class StoreModelRun(string path, int seed)
{
    private static readonly PropertyName s_note = new(new Guid("6f3ad6f0-36a6-4d43-9a1c-0d6f4d6f8a11"), "Note");
    private static readonly PropertyName s_seed = new(new Guid("6f3ad6f0-36a6-4d43-9a1c-0d6f4d6f8a11"), "Seed");

    private readonly Random _random = new(seed);
    private StoreModel _model = new();
    private StoreModel _committed = new();
    private PstFileEditor? _editor;
    private NodeId _root;
    private NodeId _deleted;

    /// <summary>Times the file was opened.</summary>
    public int Openings { get; private set; }

    /// <summary>Makes the file.</summary>
    public void Begin()
    {
        using (PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions { Replace = true, Language = CultureInfo.InvariantCulture }))
        {
            _root = builder.RootFolder.Id;
            _deleted = builder.DeletedItems.Id;
            builder.Complete();
        }

        _model.Folders.Add(_deleted, new ModelFolder(_root, "Deleted Items"));
        _committed = _model.Clone();
    }

    /// <summary>Runs a number of operations.</summary>
    /// <returns>The first difference, or null.</returns>
    public string? Run(int operations)
    {
        try
        {
            for (int i = 0; i < operations; i++)
            {
                if (_editor is null)
                {
                    _editor = PstFileEditor.Open(path);
                    Openings++;
                }

                Step(_editor);
                if (_editor is null && Compare() is string difference)
                {
                    return FormattableString.Invariant($"after operation {i}: {difference}");
                }
            }

            _editor?.Commit();
            _committed = _model.Clone();
            Close();
            return Compare();
        }
        finally
        {
            Close();
        }
    }

    /// <summary>The mail of a number.</summary>
    public static MapiItem MakeMail(int number) => Make(new ModelItem(default, number, 0, number % 2 == 0, "", false));

    /// <summary>What a mail as it was read has not of the one of a number; null where it is that one.</summary>
    public static string? DiffersFromMail(MapiItem read, int number) => Compare(read, new ModelItem(default, number, 0, number % 2 == 0, "", false));

    private void Step(PstFileEditor editor)
    {
        int choice = _random.Next(100);
        NodeId folder = Pick(_model.Folders.Keys.Append(_root));
        if (choice < 34 || _model.Items.Count < 5)
        {
            Add(editor, folder);
        }
        else if (choice < 76)
        {
            ChangeItem(editor, Pick(_model.Items.Keys), choice, folder);
        }
        else if (choice < 92)
        {
            ChangeFolder(editor, choice, folder);
        }
        else if (choice < 97)
        {
            editor.Commit();
            _committed = _model.Clone();
        }
        else
        {
            // Now and then what was done is given up.
            if (_random.Next(3) > 0)
            {
                editor.Commit();
                _committed = _model.Clone();
            }

            _model = _committed.Clone();
            Close();
        }
    }

    private void Add(PstFileEditor editor, NodeId folder)
    {
        ModelItem item = new(folder, _random.Next(), 0, _random.Next(2) == 0, "", _random.Next(8) == 0);
        PstEditFolder to = editor.GetFolder(folder);
        NodeId id = item.IsAssociated ? editor.AddAssociated(to, Make(item)) : editor.AddItem(to, Make(item));
        _model.Items.Add(id, item);
    }

    private void ChangeItem(PstFileEditor editor, NodeId id, int choice, NodeId folder)
    {
        ModelItem item = _model.Items[id];
        switch (choice % 6)
        {
            case 0:
                editor.MoveItem(id, editor.GetFolder(folder));
                _model.Items[id] = item with { Folder = folder };
                break;
            case 1:
                editor.DeleteItem(id);
                _model.Items[id] = item with { Folder = _deleted };
                break;
            case 2:
                editor.DeleteItem(id, permanent: true);
                _model.Items.Remove(id);
                break;
            case 3:
                item = item with { Attachments = item.Attachments + 1 };
                editor.ChangeItem(id, i => i.Attachments.Add(File(item.Seed, item.Attachments)));
                _model.Items[id] = item;
                break;
            default:
                item = item with { IsRead = !item.IsRead, Note = new string((char)('a' + _random.Next(26)), _random.Next(1, 6000)) };
                PropertyBag values = new();
                values.Set(s_note, item.Note);
                MessageFlags flags = (MessageFlags)(editor.OpenItem(id).Properties.GetInt32(PropertyTags.MessageFlags) ?? 0);
                values.Set(PropertyTags.MessageFlags, (int)(item.IsRead ? flags | MessageFlags.Read : flags & ~MessageFlags.Read));
                editor.SetProperties(id, values);
                _model.Items[id] = item;
                break;
        }
    }

    private void ChangeFolder(PstFileEditor editor, int choice, NodeId folder)
    {
        string name = "Folder " + _random.Next(40).ToString(CultureInfo.InvariantCulture);
        bool isOwn = folder != _root && folder != _deleted;
        if (choice < 82 || !isOwn)
        {
            if (!_model.HasFolder(folder, name))
            {
                PstEditFolder made = editor.CreateFolder(editor.GetFolder(folder), name, _random.Next(2) == 0 ? "IPF.Note" : "");
                _model.Folders.Add(made.Id, new ModelFolder(folder, name));
            }
        }
        else if (choice < 86)
        {
            ModelFolder model = _model.Folders[folder];
            if (!_model.HasFolder(model.Parent, name))
            {
                editor.RenameFolder(editor.GetFolder(folder), name);
                _model.Folders[folder] = model with { Name = name };
            }
        }
        else if (choice < 90)
        {
            ModelFolder model = _model.Folders[folder];
            NodeId to = Pick(_model.Folders.Keys.Append(_root));
            if (!_model.IsWithin(to, folder) && !_model.HasFolder(to, model.Name))
            {
                editor.MoveFolder(editor.GetFolder(folder), editor.GetFolder(to));
                _model.Folders[folder] = model with { Parent = to };
            }
        }
        else
        {
            editor.DeleteFolder(editor.GetFolder(folder), permanent: true);
            _model.Remove(folder);
        }
    }

    private string? Compare()
    {
        using PstFile file = PstFile.Open(path);
        Dictionary<NodeId, ModelItem> items = new(_committed.Items);
        Dictionary<NodeId, ModelFolder> folders = new(_committed.Folders);
        Stack<PstFolder> open = new([file.IpmSubtree]);
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            foreach (PstFolder child in folder.EnumerateFolders())
            {
                if (!folders.TryGetValue(child.NodeId, out ModelFolder model) || !folders.Remove(child.NodeId) || model != new ModelFolder(folder.NodeId, child.Name))
                {
                    return $"folder {child.Path} ({child.NodeId}) should be {model}";
                }

                open.Push(child);
            }

            List<PstItemSummary> listed = [.. folder.EnumerateItems()];
            int unread = listed.Count(i => (i.Flags & MessageFlags.Read) == 0);
            if (folder.ItemCount != listed.Count || folder.UnreadCount != unread)
            {
                return $"folder {folder.Path} says {folder.ItemCount}, {folder.UnreadCount} unread; it has {listed.Count}, {unread}";
            }

            foreach (PstItemSummary summary in listed.Concat(folder.EnumerateAssociated()))
            {
                if (!items.TryGetValue(summary.NodeId, out ModelItem item) || !items.Remove(summary.NodeId) || item.Folder != folder.NodeId)
                {
                    return $"item {summary.NodeId} in {folder.Path} should be in {item.Folder}";
                }

                if (Compare(file.OpenItem(summary.NodeId), item) is string difference)
                {
                    return $"item {summary.NodeId}: {difference}";
                }
            }
        }

        IReadOnlyList<PstFinding> findings = new PstChecker().CheckAll(path, new PstCheckOptions { OwnWriter = true }).Findings;
        return folders.Count > 0 ? $"folder {folders.First()} is missing"
            : items.Count > 0 ? $"item {items.First()} is missing"
            : file.Damage.Count > 0 ? file.Damage[0].ToString()
            : findings.Count > 0 ? findings[0].ToString()
            : null;
    }

    private static string? Compare(MapiItem read, ModelItem item)
    {
        MapiItem made = Make(item);
        for (int i = 1; i <= item.Attachments; i++)
        {
            made.Attachments.Add(File(item.Seed, i));
        }

        if (read.Subject != made.Subject || read.Properties.GetString(PropertyTags.Body) != made.Properties.GetString(PropertyTags.Body)
            || read.Properties.GetInt32(s_seed) != item.Seed)
        {
            return "other text";
        }

        if ((read.Properties.GetString(s_note) ?? "") != item.Note || ((read.Flags & MessageFlags.Read) != 0) != item.IsRead)
        {
            return "other properties";
        }

        if (read.Recipients.Count != made.Recipients.Count || read.Attachments.Count != made.Attachments.Count)
        {
            return $"{read.Recipients.Count} recipients, {read.Attachments.Count} attachments";
        }

        for (int i = 0; i < made.Attachments.Count; i++)
        {
            if (!read.Attachments[i].Content!.ToArray().AsSpan().SequenceEqual(made.Attachments[i].Content!.ToArray()))
            {
                return $"attachment {i} has other bytes";
            }
        }

        return null;
    }

    private static MapiItem Make(ModelItem item)
    {
        Random random = new(item.Seed);
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, random.Next(4) == 0 ? "IPM.Contact" : "IPM.Note");
        p.Set(PropertyTags.Subject, "Item " + item.Seed.ToString(CultureInfo.InvariantCulture));
        p.Set(PropertyTags.MessageFlags, (int)(item.IsRead ? MessageFlags.Read : MessageFlags.None));
        p.Set(PropertyTags.Body, new string((char)('A' + random.Next(26)), random.Next(12_000)));
        p.Set(PropertyTags.LastModificationTime, new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(item.Seed));
        p.Set(s_seed, item.Seed);
        p.Set(new PropertyName(new Guid(random.Next(5), 0, 0, new byte[8]), "name " + random.Next(50).ToString(CultureInfo.InvariantCulture)), 1);
        MapiItem made = new(p);
        for (int i = random.Next(3); i > 0; i--)
        {
            PropertyBag recipient = new();
            recipient.Set(PropertyTags.RecipientType, 1);
            recipient.Set(PropertyTags.DisplayName, "Recipient " + i.ToString(CultureInfo.InvariantCulture));
            made.Recipients.Add(new MapiRecipient(recipient));
        }

        if (random.Next(3) == 0)
        {
            made.Attachments.Add(File(item.Seed, 0));
        }

        return made;
    }

    private static MapiAttachment File(int seed, int number)
    {
        Random random = new(unchecked((seed * 31) + number));
        byte[] content = new byte[random.Next(1, 60_000)];
        random.NextBytes(content);
        PropertyBag p = new();
        p.Set(PropertyTags.AttachLongFilename, "file " + number.ToString(CultureInfo.InvariantCulture));
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachDataBinary, content);
        return new MapiAttachment(p);
    }

    private T Pick<T>(IEnumerable<T> values)
    {
        List<T> list = [.. values];
        return list[_random.Next(list.Count)];
    }

    private void Close()
    {
        _editor?.Dispose();
        _editor = null;
    }
}
