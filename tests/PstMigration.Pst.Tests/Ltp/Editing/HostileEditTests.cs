using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp.Editing;

/// <summary>Damaged nodes are refused or changed as far as can be; nothing but a <see cref="PstException"/> comes of it.</summary>
public sealed class HostileEditTests
{
    private static readonly NodeId s_table = new(NodeIdType.ContentsTable, 0x500);
    private static readonly NodeId s_context = new(NodeIdType.NormalMessage, 0x20000);
    private static readonly TextDecoder s_text = new(() => Encoding.ASCII);

    [Theory]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(53)]
    public void Spoilt_bytes_do_no_harm_beyond_the_node(int seed)
    {
        Random random = new(seed);
        int refused = 0;
        int runs = TestScale.Of(100);
        for (int run = 0; run < runs; run++)
        {
            MemoryNodeStore store = new();
            Build(store, random);
            store.IsDamaged = true;
            for (int i = random.Next(1, 40); i > 0; i--)
            {
                store.Spoil(random);
            }

            refused += Try(() => EditTable(store, random)) ? 0 : 1;
            refused += Try(() => EditContext(store, random)) ? 0 : 1;
        }

        Assert.InRange(refused, runs / 10, (2 * runs) - (runs / 10));
    }

    private static void Build(MemoryNodeStore store, Random random)
    {
        TableContextBuilder table = new(store, TableTemplates.Contents);
        PropertyTag[] columns = [.. TableTemplates.Contents.Columns.Select(c => c.Tag)];
        int rows = random.Next(2) == 0 ? 20 : 600;
        for (uint i = 1; i <= rows; i++)
        {
            PropertyList row = new();
            for (int c = random.Next(6); c > 0; c--)
            {
                PropertyTag tag = columns[random.Next(columns.Length)];
                row.Set(tag, RandomValues.OfType(random, tag.Type));
            }

            table.AddRow(i, i, row);
        }

        store.AddNode(s_table, table.Complete());
        PropertyList properties = new();
        for (int i = random.Next(1, 700); i > 0; i--)
        {
            properties.Set((ushort)(0x1000 + i), i < 50 ? RandomValues.Next(random) : PropertyValue.FromInt32(i));
        }

        store.AddNode(s_context, PropertyContextBuilder.Write(store, properties));
    }

    private static void EditTable(MemoryNodeStore store, Random random)
    {
        TableContextEditor table = TableContextEditor.Open(store, s_table);
        PropertyTag[] columns = [.. table.Columns.Select(c => c.Tag)];
        for (int i = 0; i < 40; i++)
        {
            uint id = (uint)random.Next(1, 700);
            PropertyList cells = new();
            foreach (PropertyTag tag in columns.Where(t => random.Next(4) == 0 && PropertyTypes.FixedSize(t.Type) > 0))
            {
                cells.Set(tag, RandomValues.OfType(random, tag.Type));
            }

            cells.Set(PropertyTags.Subject, PropertyValue.FromString(new string('x', random.Next(3000))));
            Try(() =>
            {
                switch (random.Next(4))
                {
                    case 0:
                        table.RemoveRow(id);
                        break;
                    case 1:
                        table.TryRead(id, 0x0037, s_text, out _);
                        break;
                    case var _ when table.Contains(id):
                        table.UpdateRow(id, 1, cells);
                        break;
                    default:
                        table.AddRow(id, 1, cells);
                        break;
                }
            });
            if (i % 13 == 0)
            {
                Try(table.Save);
            }
        }

        Try(() => table.ListRows());
        table.Save();
    }

    private static void EditContext(MemoryNodeStore store, Random random)
    {
        PropertyContextEditor context = PropertyContextEditor.Open(store, s_context);
        for (int i = 0; i < 60; i++)
        {
            ushort id = (ushort)random.Next(0x1000, 0x1300);
            Try(() =>
            {
                if (random.Next(2) == 0)
                {
                    context.Set(id, RandomValues.Next(random));
                }
                else
                {
                    context.Remove(id);
                }

                context.TryRead(id, s_text, out _);
            });
            if (i % 13 == 0)
            {
                Try(context.Save);
            }
        }

        context.Save();
    }

    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (PstException)
        {
            return false;
        }
    }
}
