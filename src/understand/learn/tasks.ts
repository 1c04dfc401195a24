import type { Task, TaskId } from './task.ts'
import { classTask } from './tasks/class/task.ts'
import { dialogueTask } from './tasks/dialogue/task.ts'
import { labelsTask } from './tasks/labels/task.ts'
import { opinionsTask } from './tasks/opinions/task.ts'
import { pairTask } from './tasks/pair/task.ts'
import { termPolarityTask } from './tasks/term-polarity/task.ts'
import { tripletsTask } from './tasks/triplets/task.ts'

/** Every task of the lab, in the order in which help shows them. */
export const tasks: readonly Task[] = [
  classTask,
  pairTask,
  labelsTask,
  termPolarityTask,
  opinionsTask,
  tripletsTask,
  dialogueTask,
] as unknown as Task[]

export const taskOf = (id: string): Task | undefined => tasks.find((task) => task.id === (id as TaskId))
