import type { Task, TaskId } from './task.ts'

/** Every task of the lab, in the order in which help shows them. */
export const tasks: readonly Task[] = []

export const taskOf = (id: string): Task | undefined => tasks.find((task) => task.id === (id as TaskId))
